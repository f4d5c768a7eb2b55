import { expect, test } from "vitest";
import { completedReport, failureOf, setup, type World } from "../../../testing/index.ts";
import { cancelJob } from "../cancel-job.ts";
import { bindWebhookJob } from "./bind-webhook-job.ts";

const MINUTE_MS = 60_000;
const signal = new AbortController().signal;

function run(world: World, n = 1) {
  const found = world.gpu.runs[n - 1];
  if (found === undefined) throw new Error(`run ${n} is not there`);
  return found;
}

async function attemptsOf(world: World) {
  return [...(await world.sql`select state, dead_reason from attempts order by job_id, n`)];
}

/** Lets time pass as the driver would see it. */
async function pass(world: World, ms: number, everyMs = 5_000) {
  for (let passed = 0; passed < ms; passed += everyMs) {
    world.clock.advance(everyMs);
    await world.driveDue();
  }
}

test.each(["drop-answer", "drop-request"] as const)(
  "after %s nothing is sent again, and the credits are back after two minutes",
  async (script) => {
    const world = await setup({ credits: 10 });
    const job = await world.createJob();
    world.gpu.script(script, "accept");
    await world.reconcile(job);
    await pass(world, 2 * MINUTE_MS - 5_000);
    expect(await world.job(job)).toMatchObject({ status: "queued", stage: "submitting" });
    await pass(world, 10_000);
    expect(await world.job(job)).toMatchObject({
      status: "failed",
      error: { code: "GPU_TIMEOUT" },
    });
    expect(await world.balance()).toEqual({ available: 10, held: 0 });
    expect(await attemptsOf(world)).toEqual([{ state: "unknown", dead_reason: null }]);
    await pass(world, 12 * MINUTE_MS, 30_000);
    expect(await attemptsOf(world)).toEqual([{ state: "dead", dead_reason: "ttl" }]);
    expect(world.gpu.runs.length).toBe(script === "drop-answer" ? 1 : 0);
  },
);

test.each(["crash-before", "crash-after"] as const)(
  "an intent whose sender died (%s) is not sent by anybody else",
  async (script) => {
    const world = await setup();
    const job = await world.createJob();
    world.gpu.script(script, "accept");
    expect(await world.reconcile(job)).toBe(false);
    await pass(world, 3 * MINUTE_MS);
    expect(world.gpu.runs.length).toBe(script === "crash-after" ? 1 : 0);
    expect(await world.job(job)).toMatchObject({
      status: "failed",
      error: { code: "GPU_TIMEOUT" },
    });
  },
);

test("a webhook's id is taken for an unanswered attempt only when the output is our own", async () => {
  const world = await setup();
  const job = await world.createJob();
  const other = await world.createJob();
  world.gpu.script("drop-answer", "accept");
  await world.reconcile(job);
  await world.reconcile(other);
  const [ours, theirs] = [run(world, 1), run(world, 2)];
  const [attempt] = await world.sql`select id from attempts where job_id = ${job.id}`;
  const bind = (runpodJobId: string) =>
    bindWebhookJob(world.services, { attemptId: String(attempt?.["id"]), runpodJobId }, signal);

  theirs.report = completedReport(theirs);
  expect(await bind(theirs.id)).toBe(false);
  expect(await bind("no-such-run")).toBe(false);
  expect(await bind(ours.id)).toBe(false);
  ours.report = completedReport(ours);
  expect(await bind(ours.id)).toBe(true);
  expect(await bind(ours.id)).toBe(false);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("an answer that comes after the job has ended is kept and cancelled", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  world.gpu.duringSubmit(async () => {
    world.gpu.duringSubmit(null);
    world.clock.advance(121_000);
    // Another replica finds the intent old, waits its patience out, and ends the job.
    const { services } = world;
    const { driveJob } = await import("./drive-job.ts");
    await driveJob(services, job.id, { signal, stopping: () => false });
  });
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
  expect(world.gpu.cancelled).toEqual([run(world).id]);
  expect(await attemptsOf(world)).toEqual([{ state: "dead", dead_reason: "cancelled" }]);
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a run queued so late that another attempt has followed is cancelled at once", async () => {
  // Patience beyond the TTL, unlike the usual figures: only then does another attempt follow.
  const world = await setup({ gpuSettings: { unknownPatienceMs: 20 * MINUTE_MS } });
  const job = await world.createJob();
  world.gpu.duringSubmit(async () => {
    world.gpu.duringSubmit(null);
    run(world).report = { kind: "gone" };
    await pass(world, 12 * MINUTE_MS, 30_000);
  });
  await world.reconcile(job);
  expect(await attemptsOf(world)).toEqual([
    { state: "dead", dead_reason: "ttl" },
    { state: "submitted", dead_reason: null },
  ]);
  expect(world.gpu.cancelled).toEqual([run(world, 1).id]);
});

test("output of an attempt that outlived its job is discarded and counted as wasted", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  world.gpu.duringSubmit(async () => {
    world.gpu.duringSubmit(null);
    world.clock.advance(121_000);
    const { driveJob } = await import("./drive-job.ts");
    await driveJob(world.services, job.id, { signal, stopping: () => false });
    run(world).report = completedReport(run(world));
  });
  await world.reconcile(job);
  expect(await attemptsOf(world)).toEqual([{ state: "finished", dead_reason: null }]);
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  expect(world.log.filter(({ event }) => event === "gpu.wasted")).toHaveLength(1);
});

test("a run that RunPod no longer knows is followed by another", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  run(world).report = { kind: "gone" };
  await world.reconcile(job);
  await pass(world, 10_000);
  expect(await attemptsOf(world)).toEqual([
    { state: "dead", dead_reason: "gone" },
    { state: "submitted", dead_reason: null },
  ]);
});

test.each(["unavailable", "unauthorized"] as const)(
  "while RunPod is %s nothing is concluded, and afterwards the job goes on",
  async (voice) => {
    const world = await setup();
    const job = await world.createJob();
    await world.reconcile(job);
    world.gpu.speak(voice);
    await pass(world, 5 * MINUTE_MS, 15_000);
    expect(await world.job(job)).toMatchObject({ status: "queued" });
    expect(await attemptsOf(world)).toEqual([{ state: "submitted", dead_reason: null }]);
    world.gpu.speak("clear");
    run(world).report = completedReport(run(world));
    await pass(world, MINUTE_MS, 15_000);
    expect(await world.job(job)).toMatchObject({ status: "done" });
    const alerts = world.log.filter(({ event }) => event === "gpu.unauthorized");
    expect(alerts.length > 0).toBe(voice === "unauthorized");
  },
);

test("a RunPod that never answers again costs nobody credits, and everything ends in time", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  await world.reconcile(job);
  world.gpu.speak("unavailable");
  await pass(world, 30 * MINUTE_MS, 15_000);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  for (const { state } of await attemptsOf(world)) expect(state).toBe("dead");
});

test("at the deadline a fresh answer is asked for, and COMPLETED wins", async () => {
  const world = await setup({ gpuSettings: { deadlineMs: 200_000 } });
  const job = await world.createJob();
  await world.reconcile(job);
  run(world).report = completedReport(run(world));
  world.clock.advance(201_000);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("a run that still draws at the deadline is cancelled and the credits come back", async () => {
  const world = await setup({ credits: 10, gpuSettings: { deadlineMs: 200_000 } });
  const job = await world.createJob();
  await world.reconcile(job);
  run(world).report = { kind: "running", progress: { value: 4, max: 4 } };
  await pass(world, 210_000, 10_000);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
  expect(await attemptsOf(world)).toEqual([{ state: "dead", dead_reason: "cancelled" }]);
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a job frozen in progress is taken for dead once its TTL has surely killed it", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  run(world).report = { kind: "running", progress: null };
  await pass(world, 12 * MINUTE_MS, 15_000);
  expect(await attemptsOf(world)).toMatchObject([
    { state: "dead", dead_reason: "ttl" },
    { state: "submitted" },
  ]);
});

test("a job that found no slot for a day ends with its credits back", async () => {
  const world = await setup({ credits: 10, gpuSettings: { maxInFlight: 0 } });
  const job = await world.createJob();
  await world.driveDue();
  world.clock.advance(24 * 60 * MINUTE_MS + 1_000);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a wish during an unanswered submit ends as cancelled, never as failed", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  world.gpu.script("drop-request");
  await world.reconcile(job);
  expect(await cancelJob(world.caller, { jobId: job.id })).toMatchObject({
    status: "queued",
    cancelRequested: true,
  });
  await pass(world, 2 * MINUTE_MS + 5_000);
  expect(await world.job(job)).toMatchObject({ status: "cancelled", error: null });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("with a wish a refused submit ends as cancelled instead of being tried again", async () => {
  const world = await setup();
  const job = await world.createJob();
  world.gpu.script("rate-limit");
  world.gpu.duringSubmit(async () => {
    world.gpu.duringSubmit(null);
    await cancelJob(world.caller, { jobId: job.id });
  });
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "cancelled" });
  expect(await attemptsOf(world)).toEqual([{ state: "dead", dead_reason: "refused" }]);
});

test("a worker that is asleep shows as waking", async () => {
  const world = await setup();
  const job = await world.createJob();
  world.gpu.setHealth({ ready: 0, running: 0, initializing: 1 });
  await world.reconcile(job);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "queued", stage: "waking" });
  run(world).report = { kind: "failed", failure: failureOf("FAILED", "worker") };
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "queued", stage: "waiting" });
});
