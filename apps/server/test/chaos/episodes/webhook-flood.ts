import { setTimeout as pause } from "node:timers/promises";
import { parsed } from "../../support/trusted.ts";
import { changedTables, snapshotRows } from "../snapshot-rows.ts";
import { type Episode, letWork, type Stage } from "../stage.ts";
import type { Ring } from "../webhook-relay.ts";
import { lie } from "./gpu.ts";

const FORGED = 1_000;
const REPLAYED = 2_000;
/** Of each kind, while jobs run, for each webhook that comes. */
const AROUND_EACH = 10;
const AT_ONCE = 32;
/** A bell of an attempt whose id is not known rings a second time after a second. */
const SECOND_RING_MS = 1_500;

export const webhookFlood: Episode = {
  name: "webhook-flood",
  about: `${FORGED} forged webhooks and ${REPLAYED} repeated ones in any order, after the end of their jobs and in the middle of others`,
  async run(stage) {
    const { studio } = stage;
    const known = studio.relay.rings.length;
    studio.relay.plan((ring) => floodAround(stage, ring));
    const crowd = letWork(stage, { users: 4, cancelled: 0, isEnough: (done) => done >= 3 });
    await crowd.done;
    for (const { jobId, ended } of stage.users.flatMap((user) => user.told)) {
      stage.demand(ended === "done", "nothing but the GPU side ends a job", {
        jobId,
        detail: ended,
      });
    }
    await untilQuiet(stage);
    const rings = studio.relay.rings.slice(known);
    stage.demand(rings.length > 0, "webhooks come", { detail: rings.length });
    const before = await snapshotRows(studio.database.sql());
    await sendAll(forgeries(stage, rings), (forgery) => sendForgery(stage, forgery));
    await sendAll(repeats(stage, rings), async (ring) => {
      studio.counters.webhooks["after the end"] += 1;
      const status = await sendUntilAnswered(stage, ring);
      stage.demand(status === 200, "a repeated webhook is taken and does nothing", {
        detail: status,
      });
    });
    await pause(SECOND_RING_MS);
    const changed = changedTables(before, await snapshotRows(studio.database.sql()));
    stage.demand(changed.length === 0, "webhooks after the end change nothing", {
      detail: changed,
    });
  },
};

/** Lies under the live token first, then the truth many times over, early and late. */
function floodAround({ studio, dice }: Stage, { body }: Ring) {
  const { webhooks } = studio.counters;
  const lies = Array.from({ length: AROUND_EACH }, () => ({ afterMs: 0, body: lie({ dice }) }));
  const copies = Array.from({ length: AROUND_EACH }, () => ({
    afterMs: dice.chance(0.5) ? 0 : dice.int(1, 1_500),
    body,
  }));
  webhooks.forged += lies.length;
  webhooks.repeated += copies.filter(({ afterMs }) => afterMs === 0).length;
  webhooks.late += copies.filter(({ afterMs }) => afterMs > 0).length;
  return { answer: 200 as const, deliveries: dice.shuffle([...lies, ...copies]) };
}

async function untilQuiet({ studio }: Stage): Promise<void> {
  for (let last = await snapshotRows(studio.database.sql()); ;) {
    await pause(SECOND_RING_MS);
    const next = await snapshotRows(studio.database.sql());
    if (changedTables(last, next).length === 0) return;
    last = next;
  }
}

interface Forgery extends Ring {
  /** 404: nobody has this token. 200: somebody has, and nothing of the body is believed. */
  readonly answer: 200 | 404;
}

function forgeries({ dice }: Stage, rings: readonly Ring[]): Forgery[] {
  return Array.from({ length: FORGED }, () => {
    const { path } = dice.pick(rings);
    const body = lie({ dice });
    if (dice.chance(0.3)) return { path, body, answer: 200 };
    return { path: forgePath(dice, path), body, answer: 404 };
  });
}

/** A path like one that is known, and another one. */
function forgePath(dice: Stage["dice"], path: string): string {
  const at = path.lastIndexOf("/") + 1;
  const [folder, token] = [path.slice(0, at), path.slice(at)];
  const spot = dice.int(0, token.length - 1);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const letter = dice.pick(letters.split("").filter((each) => each !== token[spot]));
  return dice.pick([
    `${folder}${token.slice(0, spot)}${letter}${token.slice(spot + 1)}`,
    `${folder}${token.slice(0, -1)}`,
    `${folder}${token}A`,
    `${folder}${token.split("").toReversed().join("")}x`,
    `${folder}${dice.uuid()}${dice.uuid()}`,
    folder,
    `${folder}short`,
    `${folder}%27%20or%20true%20--${dice.uuid()}`,
  ]);
}

async function sendForgery(stage: Stage, { path, body, answer }: Forgery): Promise<void> {
  stage.studio.counters.webhooks.forged += 1;
  const status = await sendUntilAnswered(stage, { path, body });
  stage.demand(status === answer, "a stranger's webhook is not taken", {
    detail: { path, status, answer },
  });
}

/** Few byte for byte: a body echoes pictures of megabytes, of which nothing is read but the id. */
function repeats({ dice }: Stage, rings: readonly Ring[]): Ring[] {
  const short = rings.map(({ path, body }) => ({ path, body: withoutPictures(body) }));
  return Array.from({ length: REPLAYED }, () => dice.pick(dice.chance(0.03) ? rings : short));
}

function withoutPictures(body: string): string {
  const { input: _input, output: _output, ...rest } = parsed<Record<string, unknown>>(body);
  return JSON.stringify(rest);
}

/** As RunPod does, three times where nobody answers. */
async function sendUntilAnswered({ studio }: Stage, ring: Ring): Promise<number | null> {
  let status: number | null = null;
  for (let tries = 0; status === null && tries < 3; tries += 1) {
    status = await studio.relay.send(ring);
  }
  return status;
}

/** All of them, in this order, so many at a time. */
async function sendAll<T>(things: readonly T[], send: (thing: T) => Promise<void>): Promise<void> {
  const queue = things.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const thing of queue) await send(thing);
    }),
  );
}
