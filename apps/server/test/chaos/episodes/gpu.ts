import { randomBytes } from "node:crypto";
import { SCENARIOS } from "@ob/runpod/simulator";
import { type Episode, letWork, type Stage, timesOf, whileAtWork } from "../stage.ts";
import { PASSED, type Ring, type RingPlan } from "../webhook-relay.ts";

/** Everything a GPU side does in its bad hours. */
const TROUBLES = SCENARIOS.filter((scenario) => scenario !== "ok");

export const gpuMisbehaves: Episode = {
  name: "gpu-misbehaves",
  about: "every way the simulator can misbehave, several at once",
  async run(stage) {
    const { studio, dice } = stage;
    const crowd = letWork(stage, { users: 4, isEnough: (ordered) => ordered >= timesOf(stage, 2) });
    await whileAtWork(
      crowd,
      () => dice.int(200, 1_200),
      async () => {
        await studio.trouble(dice.pick(TROUBLES), 1);
      },
    );
  },
};

export const webhooksUnreliable: Episode = {
  name: "webhooks-unreliable",
  about: "webhooks are dropped, come five times, late, out of order, or after the job has ended",
  async run(stage) {
    const { studio, dice } = stage;
    studio.relay.plan((ring) => planUnreliably(stage, ring));
    const crowd = letWork(stage, {
      users: 4,
      cancelled: 0,
      isEnough: (done) => done >= timesOf(stage, 2),
    });
    await whileAtWork(
      crowd,
      () => dice.int(300, 900),
      () => repeatAfterTheEnd(stage),
    );
    await repeatAfterTheEnd(stage);
    demandAllDone(stage);
  },
};

const FATES = ["drop", "five", "late", "refused", "pass"] as const;

function planUnreliably({ studio, dice }: Stage, ring: Ring): RingPlan {
  const { webhooks } = studio.counters;
  switch (dice.pick(FATES)) {
    case "drop":
      webhooks.dropped += 1;
      return { answer: 200, deliveries: [] };
    case "five":
      webhooks.repeated += 4;
      return { answer: null, deliveries: Array.from({ length: 5 }, () => now(ring)) };
    case "late":
      webhooks.late += 1;
      return { answer: 200, deliveries: [{ afterMs: dice.int(500, 6_000), body: ring.body }] };
    case "refused":
      // RunPod comes back ten seconds later.
      webhooks.repeated += 1;
      return { answer: 502, deliveries: [now(ring)] };
    case "pass":
      webhooks.passed += 1;
      return PASSED(ring);
  }
}

const now = (ring: Ring) => ({ afterMs: 0, body: ring.body });

async function repeatAfterTheEnd({ studio, dice }: Stage): Promise<void> {
  if (studio.relay.rings.length === 0) return;
  studio.counters.webhooks["after the end"] += 1;
  await studio.relay.send(dice.pick(studio.relay.rings));
}

export const webhooksForged: Episode = {
  name: "webhooks-forged",
  about: "webhooks of strangers: no token, wrong token, the right one with lies in the body",
  async run(stage) {
    const { studio, dice } = stage;
    studio.relay.plan((ring) => {
      const lies = Array.from({ length: 3 }, () => ({ afterMs: 0, body: lie(stage) }));
      studio.counters.webhooks.forged += lies.length;
      return { answer: null, deliveries: [...lies, now(ring)] };
    });
    const crowd = letWork(stage, {
      users: 4,
      cancelled: 0,
      isEnough: (done) => done >= timesOf(stage, 2),
    });
    await whileAtWork(
      crowd,
      () => dice.int(20, 120),
      () => forge(stage),
    );
    demandAllDone(stage);
  },
};

async function forge(stage: Stage): Promise<void> {
  const { studio, dice } = stage;
  const known = studio.relay.rings.at(-1)?.path;
  const stranger = `/webhooks/runpod/${randomBytes(32).toString("base64url")}`;
  const isKnown = known !== undefined && dice.chance(0.5);
  const path = isKnown
    ? known
    : dice.pick([stranger, "/webhooks/runpod/", "/webhooks/runpod/short"]);
  const status = await studio.relay.send({ path, body: lie(stage) });
  studio.counters.webhooks.forged += 1;
  const allowed = isKnown ? [200] : [404];
  stage.demand(status === null || allowed.includes(status), "a stranger's webhook is not taken", {
    detail: { path: isKnown ? "known" : path.length, status },
  });
}

/** What a webhook might say that is not so. */
export function lie({ dice }: Pick<Stage, "dice">): string {
  const status = dice.pick(["FAILED", "COMPLETED", "CANCELLED", "TIMED_OUT"]);
  const output = { images: [{ filename: "x.png", type: "base64", data: "AAAA" }] };
  return dice.pick([
    JSON.stringify({ id: dice.uuid(), status, error: "forged", output }),
    JSON.stringify({ status }),
    "null",
    "",
    "<html>502</html>",
    JSON.stringify({ id: "x".repeat(5_000), status }),
    `{"id":"${dice.uuid()}","pad":"${"x".repeat(dice.int(1, 400_000))}"}`,
  ]);
}

/** Nothing in these episodes gives a reason to fail. */
function demandAllDone({ users, demand }: Stage): void {
  for (const { jobId, ended } of users.flatMap((user) => user.told)) {
    demand(ended === "done", "nothing but the GPU side ends a job", { jobId, detail: ended });
  }
}
