import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { extendCollection } from "./extend-collection.ts";

const MINUTE_MS = 60_000;

/** A job whose picture is drawn, and a store that takes nothing. */
async function stuckStoring(world: World) {
  const job = await world.createJob();
  await world.reconcile(job);
  const run = world.gpu.runs[0];
  if (run === undefined) throw new Error("nothing was sent");
  world.clock.advance(5_000);
  run.report = completedReport(run);
  world.store.failPuts(Infinity);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing" });
  return job;
}

test("an operator gives a result that could not be stored more time, and it is still delivered", async () => {
  const world = await setup();
  const job = await stuckStoring(world);
  world.clock.advance(9 * MINUTE_MS);
  const extended = await extendCollection(world.services, { jobId: job.id, minutes: 10 });
  expect(extended).toMatchObject({ kind: "extended" });
  world.clock.advance(8 * MINUTE_MS);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "storing" });
  world.store.failPuts(0);
  world.clock.advance(MINUTE_MS);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("no result is waited for longer than 28 minutes after the run ended", async () => {
  const world = await setup();
  const job = await stuckStoring(world);
  const endedMs = world.clock.now().getTime();
  const far = { jobId: job.id, minutes: 60 };
  const extended = await extendCollection(world.services, far);
  if (extended.kind !== "extended") throw new Error(extended.kind);
  expect(extended.collectBy.getTime()).toBeLessThanOrEqual(endedMs + 28 * MINUTE_MS);
  expect(await extendCollection(world.services, far)).toMatchObject({ kind: "no-time-left" });
  world.clock.advance(28 * MINUTE_MS);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "RESULT_LOST" } });
});

test("only a result that waits to be stored gets more time", async () => {
  const world = await setup();
  const job = await world.createJob();
  const asked = (jobId: string) => extendCollection(world.services, { jobId, minutes: 5 });
  expect(await asked(job.id)).toEqual({ kind: "not-storing" });
  expect(await asked(world.imageAssetId)).toEqual({ kind: "not-found" });
});
