import { expect, test } from "vitest";
import { MAX_BACKOFF_MS } from "../../../domain/retry-policy.ts";
import { completedReport, failureOf, setup, type World } from "../../../testing/index.ts";

const failed = { kind: "failed", failure: failureOf("FAILED", "worker") } as const;

/** One slot: the oldest job has failed once, the next one runs, the third waits for the slot. */
async function oneSlot() {
  const world = await setup({ credits: 100, gpuSettings: { maxInFlight: 1 } });
  const failedOnce = await world.createJob();
  await world.reconcile(failedOnce);
  runOf(world, 0).report = failed;
  world.clock.advance(1);
  const running = await world.createJob();
  await world.reconcile(failedOnce);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(2);
  world.clock.advance(1);
  const third = await world.createJob();
  await world.reconcile(third);
  /** Ends the running job, which frees the slot. @returns the jobs that were woken for it */
  const freeSlot = async () => {
    runOf(world, 1).report = completedReport(runOf(world, 1));
    await world.reconcile(running);
    const now = world.clock.now();
    const rows = await world.sql`select id from jobs where status = 'queued' and due_at <= ${now}`;
    return rows.map((row): unknown => row["id"]);
  };
  return { world, failedOnce, third, freeSlot };
}

function runOf(world: World, n: number) {
  const run = world.gpu.runs[n];
  if (run === undefined) throw new Error(`run ${n} is not there`);
  return run;
}

test("a free slot goes to the oldest job that waits, also when it has failed before", async () => {
  const { world, failedOnce, third, freeSlot } = await oneSlot();
  world.clock.advance(MAX_BACKOFF_MS);
  await world.reconcile(failedOnce);
  await world.reconcile(third);
  expect(world.gpu.runs).toHaveLength(2);
  expect(await freeSlot()).toEqual([failedOnce.id]);
});

test("a free slot does not cut a backoff short", async () => {
  const { third, freeSlot } = await oneSlot();
  expect(await freeSlot()).toEqual([third.id]);
});
