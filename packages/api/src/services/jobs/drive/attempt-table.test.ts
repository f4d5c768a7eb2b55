import { attemptApplyV1, type AttemptPatch } from "@ob/db";
import { expect, test } from "vitest";
import {
  ATTEMPT_EVENTS,
  type AttemptEvent,
  type AttemptState,
} from "../../../domain/attempt-lifecycle.ts";
import { completedReport, setup, type World } from "../../../testing/index.ts";

const STATES: readonly AttemptState[] = ["intent", "submitted", "unknown", "finished", "dead"];
const EVENTS = Object.keys(ATTEMPT_EVENTS).filter((name): name is AttemptEvent =>
  Object.hasOwn(ATTEMPT_EVENTS, name),
);

interface Attempt {
  readonly id: string;
  readonly state: AttemptState;
}

async function attemptIn(world: World, state: AttemptState): Promise<Attempt> {
  const scripts = {
    intent: "crash-before",
    submitted: "accept",
    unknown: "drop-request",
    finished: "accept",
    dead: "bad-request",
  } as const;
  world.gpu.script(scripts[state]);
  const job = await world.createJob();
  await world.reconcile(job);
  if (state === "finished") {
    const run = world.gpu.runs.at(-1);
    if (run === undefined) throw new Error("nothing was sent");
    run.report = completedReport(run);
    await world.reconcile(job);
  }
  const rows = await world.sql<Attempt[]>`select id, state from attempts where job_id = ${job.id}`;
  const [attempt] = rows;
  if (attempt?.state !== state) throw new Error(`it is ${attempt?.state}, not ${state}`);
  return attempt;
}

test.each(STATES)("from %s the database lets an attempt go where the table says", async (state) => {
  const world = await setup({ credits: 100, gpuSettings: { maxInFlight: 100 } });
  for (const [n, event] of EVENTS.entries()) {
    const { id } = await attemptIn(world, state);
    // Unanswered submits in a row would open the breaker.
    await attemptIn(world, "submitted");
    const { from, to } = ATTEMPT_EVENTS[event];
    const patches = {
      submitted: { runpodJobId: `late-${n}`, submittedAt: world.clock.now() },
      unknown: {},
      finished: {},
      // Only what needs no proof of time.
      dead: { deadReason: "gone" },
    } as const satisfies Record<typeof to, AttemptPatch>;
    const applied = await attemptApplyV1(world.sql, {
      attemptId: id,
      from,
      to,
      patch: patches[to],
      now: world.clock.now(),
    });
    const [after] = await world.sql<Attempt[]>`select id, state from attempts where id = ${id}`;
    const allowed = from.some((known) => known === state);
    expect({ event, applied, state: after?.state }).toEqual({
      event,
      applied: allowed,
      state: allowed ? to : state,
    });
  }
});
