import { expect, test } from "vitest";
import { completedReport, failureOf, setup, type World } from "../../testing/index.ts";
import { cancelJob } from "./cancel-job.ts";

async function submitted(world: World) {
  const job = await world.createJob();
  await world.reconcile(job);
  const run = world.gpu.runs[0];
  if (run === undefined) throw new Error("nothing was sent");
  return { job, run, cancel: () => cancelJob(world.caller, { jobId: job.id }) };
}

test("a job that nobody has begun is cancelled at once, and again", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  const cancelled = await cancelJob(world.caller, { jobId: job.id });
  expect(cancelled).toMatchObject({
    status: "cancelled",
    cancelRequested: true,
    refundedCredits: 3,
    error: null,
  });
  expect(await cancelJob(world.caller, { jobId: job.id })).toEqual(cancelled);
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  expect(await world.driveDue()).toBe(0);
});

test("with a run under way the wish is kept, RunPod is asked, and the credits come back", async () => {
  const world = await setup({ credits: 10 });
  const { job, run, cancel } = await submitted(world);
  expect(await cancel()).toMatchObject({ status: "queued", cancelRequested: true });
  const [once, twice] = [await cancel(), await cancel()];
  expect(twice).toEqual(once);
  expect(await world.balance()).toEqual({ available: 7, held: 3 });
  await world.driveDue();
  expect(world.gpu.cancelled).toEqual([run.id]);
  expect(await world.job(job)).toMatchObject({ status: "cancelled", refundedCredits: 3 });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a result that was already made is delivered and charged in spite of the wish", async () => {
  const world = await setup({ credits: 10 });
  const { job, run, cancel } = await submitted(world);
  run.report = completedReport(run);
  await cancel();
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "done", cancelRequested: true });
  expect(await world.balance()).toEqual({ available: 7, held: 0 });
});

test.each([
  ["failed", { kind: "failed", failure: failureOf("FAILED", "out-of-memory") }],
  ["timed out", { kind: "failed", failure: failureOf("TIMED_OUT", "timeout") }],
  ["is gone", { kind: "gone" }],
] as const)("with a wish a run that %s is not tried again", async (_how, report) => {
  const world = await setup();
  const { job, run, cancel } = await submitted(world);
  run.report = report;
  await cancel();
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "cancelled", error: null });
  expect(world.gpu.runs).toHaveLength(1);
});

test("when RunPod cannot be asked the wish waits and is tried again", async () => {
  const world = await setup();
  const { job, cancel } = await submitted(world);
  world.gpu.speak("unavailable");
  await cancel();
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "queued", cancelRequested: true });
  world.gpu.speak("clear");
  world.clock.advance(5_000);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "cancelled" });
});

test("a result under way cannot be cancelled, nor a job that ended otherwise", async () => {
  const world = await setup();
  const { job, run, cancel } = await submitted(world);
  run.report = completedReport(run);
  world.store.failPuts(2);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing" });
  await expect(cancel()).rejects.toMatchObject({ code: "JOB_NOT_CANCELLABLE" });
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done", cancelRequested: false });
  await expect(cancel()).rejects.toMatchObject({ code: "JOB_NOT_CANCELLABLE" });
});

test("a stranger's job reads as not found", async () => {
  const world = await setup();
  const { job } = await submitted(world);
  const stranger = await world.addOwner(0);
  const answer = cancelJob(stranger, { jobId: job.id });
  await expect(answer).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(await world.job(job)).toMatchObject({ cancelRequested: false });
});

test("ten wishes at once are one wish", async () => {
  const world = await setup({ poolSize: 8 });
  const { job, cancel } = await submitted(world);
  await Promise.all(Array.from({ length: 10 }, cancel));
  const events = await world.sql`
    select count(*)::int as n from job_events where job_id = ${job.id} and event = 'cancelRequested'`;
  expect(events[0]).toEqual({ n: 1 });
});
