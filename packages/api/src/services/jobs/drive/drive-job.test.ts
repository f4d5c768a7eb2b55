import { expect, test, vi } from "vitest";
import { applyJobEvent } from "../apply-job-event.ts";
import { completedReport, failureOf, setup, type World } from "../../../testing/index.ts";

const failed = (
  status: "FAILED" | "TIMED_OUT" | "CANCELLED",
  cause: Parameters<typeof failureOf>[1],
) => ({ kind: "failed", failure: failureOf(status, cause) }) as const;

function onlyRun(world: World, n = 1) {
  const run = world.gpu.runs[n - 1];
  if (run === undefined || world.gpu.runs.length !== n) {
    throw new Error(`expected ${n} runs, saw ${world.gpu.runs.length}`);
  }
  return run;
}

test("a job is submitted, drawn, collected and charged once", async () => {
  const world = await setup({ credits: 10, imaging: "real" });
  const job = await world.createJob({ maskAssetId: world.maskAssetId });
  expect(await world.balance()).toEqual({ available: 7, held: 3 });

  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "queued", stage: "waiting" });
  const run = onlyRun(world);
  run.report = { kind: "running", progress: { value: 1, max: 4 } };
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({
    status: "running",
    stage: "drawing",
    progress: 0.25,
    queuePosition: null,
  });

  run.report = completedReport(run);
  await world.reconcile(job);
  const done = await world.job(job);
  expect(done).toMatchObject({ status: "done", stage: "done", error: null, refundedCredits: 0 });
  expect(done.result).toMatchObject({ width: 96, height: 64, contentType: "image/png" });
  expect(done.result?.fidelity.changedOutsideMask).toBe(0);
  expect(await world.balance()).toEqual({ available: 7, held: 0 });
});

test("a move hands on the rows it left: a finished job is collected and ended after one reading", async () => {
  const world = await setup();
  const job = await world.createJob();
  const read = vi.spyOn(world.services.rows, "read");
  await world.reconcile(job);
  // An accepted submit is written down without another look.
  expect(read).toHaveBeenCalledTimes(1);
  const run = onlyRun(world);
  run.report = completedReport(run);
  await world.reconcile(job);
  expect(read).toHaveBeenCalledTimes(2);
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("rows that another has moved since are read again, and nothing is done twice", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  const run = onlyRun(world);
  run.report = completedReport(run);
  // While this drive works on the result, another ends the job.
  const put = world.store.put.bind(world.store);
  vi.spyOn(world.store, "put").mockImplementationOnce(async (...object) => {
    await put(...object);
    await applyJobEvent(world.services, "unusable", {
      job: { id: job.id, status: "storing", stage: "storing" },
      facts: { errorCode: "RESULT_UNUSABLE" },
    });
  });
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "failed", result: null });
  expect(await world.balance()).toMatchObject({ held: 0 });
});

test("what an attempt sends bears random names, a secret webhook and the agreed limits", async () => {
  const world = await setup();
  const first = await world.createJob({ maskAssetId: world.maskAssetId });
  const second = await world.createJob({ maskAssetId: world.maskAssetId });
  await world.reconcile(first);
  await world.reconcile(second);
  const sent = world.gpu.runs.map(({ attempt }) => attempt);
  const names = sent.flatMap(({ images }) => images.map(({ name }) => name));
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]{16,64}\.png$/);
  for (const attempt of sent) {
    expect(attempt.webhookUrl).toMatch(
      /^http:\/\/studio\.test\/webhooks\/runpod\/[A-Za-z0-9_-]{43}$/,
    );
    expect(attempt).toMatchObject({ executionTimeoutMs: 300_000, ttlMs: 600_000 });
  }
  const rows = await world.sql`select token_sha256 from attempts`;
  const tokens = sent.map(({ webhookUrl }) => webhookUrl?.split("/").at(-1));
  for (const row of rows) expect(tokens).not.toContain(row["token_sha256"]);
});

test("a failure reported twice releases the credits once", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  await world.reconcile(job);
  onlyRun(world).report = failed("FAILED", "validation");
  await world.reconcile(job);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({
    status: "failed",
    error: { code: "GPU_FAILED" },
    refundedCredits: 3,
  });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("out of memory is tried again, at most three times in all", async () => {
  const world = await setup();
  const job = await world.createJob();
  for (const n of [1, 2, 3]) {
    await world.reconcile(job);
    onlyRun(world, n).report = failed("FAILED", "out-of-memory");
    await world.reconcile(job);
  }
  expect(world.gpu.runs).toHaveLength(3);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_FAILED" } });
  expect((await world.balance()).held).toBe(0);
});

test("running out of GPU time in the last try is told as a timeout", async () => {
  const world = await setup({ gpuSettings: { maxTries: 1 } });
  const job = await world.createJob();
  await world.reconcile(job);
  onlyRun(world).report = failed("TIMED_OUT", "timeout");
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
});

test("a try that dies takes the progress back and the job waits again", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  const run = onlyRun(world);
  run.report = { kind: "running", progress: { value: 3, max: 4 } };
  await world.reconcile(job);
  run.report = failed("FAILED", "worker");
  world.clock.advance(5_000);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({
    status: "queued",
    stage: "waiting",
    progress: null,
  });
});

test.each(["rate-limit", "no-connection", "bad-key"] as const)(
  "%s uses no try: the job goes through once it is over",
  async (trouble) => {
    const world = await setup();
    const job = await world.createJob();
    world.gpu.script(trouble, trouble, trouble, trouble, trouble, "accept");
    for (let look = 0; look < 400 && world.gpu.runs.length === 0; look += 1) {
      world.clock.advance(1_000);
      await world.driveDue();
    }
    expect(await world.job(job)).toMatchObject({ status: "queued", stage: "waiting" });
    const rows = await world.sql`select count(*)::int as n from attempts where state = 'dead'`;
    expect(rows[0]).toEqual({ n: 5 });
    expect(await world.sql`select tries from jobs`).toEqual([{ tries: 1 }]);
  },
);

test("while RunPod limits us, other jobs hold back too", async () => {
  const world = await setup();
  const first = await world.createJob();
  const second = await world.createJob();
  world.gpu.script("rate-limit", "accept");
  await world.reconcile(first);
  await world.reconcile(second);
  expect(world.gpu.runs).toHaveLength(0);
  world.clock.advance(1_000);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(2);
});

test("a refused request is not sent again", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  world.gpu.script("bad-request", "accept");
  await world.reconcile(job);
  world.clock.advance(60_000);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(0);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_FAILED" } });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("at most maxInFlight attempts are out at once, and a freed slot goes to the oldest", async () => {
  const world = await setup({ gpuSettings: { maxInFlight: 2 } });
  const jobs = [];
  for (let n = 0; n < 4; n += 1) {
    jobs.push(await world.createJob());
    world.clock.advance(1);
  }
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(2);
  const [first] = jobs;
  const [run] = world.gpu.runs;
  if (first === undefined || run === undefined) throw new Error("no job");
  run.report = completedReport(run);
  await world.reconcile(first);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(3);
  const stages = await Promise.all(jobs.map(async (job) => (await world.job(job)).queuePosition));
  expect(stages).toEqual([null, 1, 2, 3]);
});

test("an intent that is five seconds old is never sent", async () => {
  const world = await setup();
  const job = await world.createJob();
  const { gpu, clock } = world;
  const submit = gpu.submit.bind(gpu);
  gpu.submit = (attempt, options) => {
    clock.advance(5_001);
    return submit(attempt, options);
  };
  await world.reconcile(job);
  expect(gpu.runs).toHaveLength(0);
  expect(await world.sql`select state, dead_reason from attempts`).toEqual([
    { state: "dead", dead_reason: "never-sent" },
  ]);
  expect(await world.sql`select tries from jobs`).toEqual([{ tries: 0 }]);
});
