import { setTimeout as pause } from "node:timers/promises";
import { type Failpoint, FAILPOINTS } from "@ob/api";
import { createDice } from "../dice.ts";
import type { Death, Replica } from "../replica.ts";
import type { Scenario } from "@ob/runpod/simulator";
import { type Crowd, type Episode, letWork, type Stage, timesOf, whileAtWork } from "../stage.ts";

/** A point that is not passed within this is left to the next start of a replica. */
const REACHED_WITHIN_MS = 20_000;
/** Half-way, replicas that only work are started anew: people stay with them, and nobody orders here. */
const NUDGED_AFTER_MS = REACHED_WITHIN_MS / 2;
/** Passed once by few of the orders. */
const SELDOM = new Set<Failpoint>(["cancel.sent", "upload.receiving", "upload.received"]);
/** Starts for one point after which it counts as one that nobody passes. */
const STARTS_PER_POINT = 8;

export const killPoints: Episode = {
  name: "kill-points",
  about:
    "both replicas die at every named point while people work (at some of them in the short form)",
  async run(stage) {
    const { scale, dice } = stage;
    // The short form cannot wait for what few people do.
    const points = FAILPOINTS.filter((name) => scale >= 1 || !SELDOM.has(name));
    const rounds = Array.from({ length: Math.ceil(scale) }, () => dice.shuffle(points));
    const deaths = rounds.flat().slice(0, Math.ceil(points.length * scale));
    await dieAt(stage, { deaths, seldom: SELDOM, users: 3 });
  },
};

/** Each with a seed of its own; the last orders of a chunk wait up to 40 s for runs that nobody heard of. */
const ROUNDS = 10;

export const killRounds: Episode = {
  name: "kill-rounds",
  about: `three replicas die at every named point, ${ROUNDS} times over, and are started again at once`,
  seeds: ROUNDS,
  // Nothing but leases would be waited for otherwise.
  studio: { replicas: ["a", "b", "c"], leaseMs: 2_000 },
  async run(stage) {
    const rounds = Array.from({ length: ROUNDS }, (_, n) =>
      createDice(stage.seed + n).shuffle(FAILPOINTS),
    );
    await dieAt(stage, { deaths: rounds.flat(), seldom: new Set(FAILPOINTS), users: 8 });
  },
};

/** Submits that are queued although the answer does not say so. */
const AMBIGUOUS = [
  "accept-then-drop",
  "run-500-queued",
  "run-html",
  "run-no-id",
  "run-truncated",
  "run-hang",
  "run-drip",
] as const satisfies readonly Scenario[];

export const ambiguousSubmits: Episode = {
  name: "ambiguous-submits",
  about:
    "submits are accepted, and nobody here learns it: no answer, a wrong one, or a death before it is noted",
  async run(stage) {
    const { studio, dice } = stage;
    const points = ["attempt.sending", "attempt.answered", "attempt.intended"] as const;
    // One kind at a time: every scenario in force is used up by the same submit.
    await studio.trouble(dice.pick(AMBIGUOUS), timesOf(stage, 6));
    const deaths = Array.from({ length: timesOf(stage, 3) }, () => dice.pick(points));
    await dieAt(stage, { deaths, seldom: SELDOM, users: 3 });
  },
};

/** For one chunk. */
const LOST_ANSWERS = 100;
/**
 * Of all submits. Where every answer is lost, the breaker lets one try pass each fifteen seconds, as it
 * should, and hardly a submit is lost any more: there must be good answers in between.
 */
const SHARE_LOST = 0.4;

export const submitsLost: Episode = {
  name: "submits-lost",
  about: `up to ${LOST_ANSWERS} submits of a crowd are accepted, and their answers are lost or wrong; the others are answered as they should`,
  async run(stage) {
    const { studio, dice } = stage;
    const kind = dice.pick(AMBIGUOUS);
    const each = dice.fork("answers");
    let lost = 0;
    const crowd = letWork(stage, {
      users: 24,
      cancelled: 0.05,
      async beforeOrder() {
        if (!each.chance(SHARE_LOST)) return;
        lost += 1;
        await studio.trouble(kind, 1);
      },
      isEnough: () => lost >= LOST_ANSWERS,
    });
    await crowd.done;
  },
};

export const killsAtRandom: Episode = {
  name: "kills-at-random",
  about: "a replica is killed at no particular moment and started again at once",
  async run(stage) {
    const { studio, dice } = stage;
    const crowd = letWork(stage, { users: 3, isEnough: (ordered) => ordered >= timesOf(stage, 2) });
    await whileAtWork(
      crowd,
      () => dice.int(300, 2_500),
      async () => {
        const replica = dice.pick(studio.replicas);
        await replica.kill();
        await replica.start();
      },
    );
  },
};

interface DeathPlan {
  readonly deaths: readonly Failpoint[];
  /** Points at whose first passing a replica dies; at the others at one of the first three. */
  readonly seldom: ReadonlySet<Failpoint>;
  readonly users: number;
}

/** People work until every one of these deaths has been died. */
async function dieAt(stage: Stage, plan: DeathPlan): Promise<void> {
  const waiting = plan.deaths.map((name) => ({ name, starts: 0 }));
  const neverPassed: Failpoint[] = [];
  const armed = new Set<Failpoint>();
  /** Those that have no death left to die. */
  const working = new Set<Replica>();
  let dying = 0;
  const isOver = () => waiting.length === 0 && dying === 0;
  const crowd = letWork(stage, {
    users: plan.users,
    cancelled: 0.35,
    awaited: () => ({
      cancel: armed.has("cancel.sent"),
      upload: armed.has("upload.receiving") || armed.has("upload.received"),
    }),
    isEnough: (ordered) => ordered > 0 && isOver(),
  });
  const keep = async (replica: Replica): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      dying += 1;
      const { name } = next;
      const starts = next.starts + 1;
      const nth = plan.seldom.has(name) ? 1 : stage.dice.int(1, 3);
      armed.add(name);
      const died = await dieOnce(stage, replica, { death: { name, nth }, crowd, working });
      armed.delete(name);
      dying -= 1;
      if (crowd.isDone()) break;
      if (!died && starts < STARTS_PER_POINT) waiting.push({ name, starts });
      if (!died && starts >= STARTS_PER_POINT) neverPassed.push(name);
    }
    await replica.start();
    working.add(replica);
  };
  await Promise.all([crowd.done, ...stage.studio.replicas.map((replica) => keep(replica))]);
  stage.demand(neverPassed.length === 0, "every point is passed while people work", {
    detail: neverPassed,
  });
}

interface Dying {
  readonly death: Death;
  readonly crowd: Crowd;
  readonly working: ReadonlySet<Replica>;
}

async function dieOnce(
  stage: Stage,
  replica: Replica,
  { death, crowd, working }: Dying,
): Promise<boolean> {
  const { studio } = stage;
  await replica.kill();
  await replica.start(death);
  const late = new AbortController();
  const nudging = pause(NUDGED_AFTER_MS, null, { signal: late.signal }).then(
    () => startAnew(working),
    // It has died by then.
    () => {},
  );
  const died = await Promise.race([
    replica.gone().then((by) => by === "its failpoint"),
    pause(REACHED_WITHIN_MS, false, { signal: late.signal }),
    crowd.done.then(
      () => false,
      () => false,
    ),
  ]);
  late.abort();
  await nudging;
  studio.note(`${replica.name} ${died ? "died" : "did not die"} at ${death.name}`);
  return died;
}

async function startAnew(replicas: Iterable<Replica>): Promise<void> {
  for (const replica of replicas) {
    await replica.kill();
    await replica.start();
  }
}
