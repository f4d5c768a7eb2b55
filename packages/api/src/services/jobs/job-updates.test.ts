import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { openUpdates } from "../../testing/open-updates.ts";
import { cancelJob } from "./cancel-job.ts";
import { deleteJob } from "./delete-job.ts";

function runOf(world: World, n = 1) {
  const run = world.gpu.runs[n - 1];
  if (run === undefined) throw new Error(`run ${n} is not there`);
  return run;
}

async function finish(world: World, job: { id: string }, n = 1) {
  await world.reconcile(job);
  runOf(world, n).report = completedReport(runOf(world, n));
  await world.reconcile(job);
}

test("one job's stream begins with the present, shows each change, and ends with the end", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stream = openUpdates(world.caller, { jobId: job.id });
  expect((await stream.next()).job).toMatchObject({ id: job.id, stage: "waiting" });
  await world.reconcile(job);
  expect((await stream.next()).job).toMatchObject({ status: "queued" });
  runOf(world).report = { kind: "running", progress: { value: 2, max: 4 } };
  await world.reconcile(job);
  expect((await stream.next()).job).toMatchObject({ status: "running", progress: 0.5 });
  runOf(world).report = completedReport(runOf(world));
  await world.reconcile(job);
  const rest = await stream.rest();
  expect(rest.at(-1)?.job).toMatchObject({ status: "done" });
  expect(rest.at(-1)?.job.result?.url).toMatch(/^http:\/\/studio\.test\/files\//);
  expect(world.doorbell.listenedOwners()).toEqual([]);
});

test("the stream of an ended job is its last snapshot and then its end", async () => {
  const world = await setup();
  const job = await world.createJob();
  await finish(world, job);
  const seen = await openUpdates(world.caller, { jobId: job.id, lastEventId: "999" }).rest();
  expect(seen.map(({ job: { status } }) => status)).toEqual(["done"]);
});

test("a job that is not the caller's reads as not found, and leaves no listener", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stranger = await world.addOwner(0);
  await expect(openUpdates(stranger, { jobId: job.id }).next()).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
  expect(world.doorbell.listenedOwners()).toEqual([]);
});

test("without a job the stream begins with the open jobs, then tells of every job", async () => {
  const world = await setup();
  const ended = await world.createJob();
  await cancelJob(world.caller, { jobId: ended.id });
  const first = await world.createJob();
  const stream = openUpdates(world.caller);
  expect((await stream.next()).job.id).toBe(first.id);
  const second = await world.createJob();
  expect((await stream.next()).job).toMatchObject({ id: second.id, status: "queued" });
  await cancelJob(world.caller, { jobId: first.id });
  expect((await stream.next()).job).toMatchObject({ id: first.id, status: "cancelled" });
});

test("numbers never go backwards and no end is missed while two jobs change at once", async () => {
  const world = await setup({ credits: 100 });
  const stream = openUpdates(world.caller);
  const jobs = [await world.createJob(), await world.createJob()];
  const first = await stream.next();
  const ends = new Map<string, string>();
  let newest = first.id;
  const reading = (async () => {
    while (ends.size < jobs.length) {
      const { id, job } = await stream.next();
      expect(id).toBeGreaterThanOrEqual(newest);
      newest = id;
      if (job.finishedAt !== null) ends.set(job.id, job.status);
    }
  })();
  await Promise.all(jobs.map((job) => world.reconcile(job)));
  for (const value of [1, 2, 3]) {
    for (const run of world.gpu.runs) run.report = { kind: "running", progress: { value, max: 4 } };
    world.clock.advance(1_000);
    await Promise.all(jobs.map((job) => world.reconcile(job)));
  }
  for (const run of world.gpu.runs) run.report = completedReport(run);
  await Promise.all(jobs.map((job) => world.reconcile(job)));
  await reading;
  expect([...ends.values()]).toEqual(["done", "done"]);
});

test("a stream that resumes tells what changed since, each job once, as it is now", async () => {
  const world = await setup({ credits: 100 });
  const jobs = [await world.createJob(), await world.createJob(), await world.createJob()];
  const stream = openUpdates(world.caller);
  const seen = [await stream.next(), await stream.next(), await stream.next()];
  stream.abort.abort();
  const [, , third] = jobs;
  const [, middle] = seen;
  if (third === undefined || middle === undefined) throw new Error("three jobs were made");
  await finish(world, third);
  await cancelJob(world.caller, { jobId: seen[0]?.job.id ?? "" });
  const resumed = openUpdates(world.caller, { lastEventId: String(middle.id) });
  const told = [await resumed.next(), await resumed.next()];
  expect(told.map(({ job }) => [job.id, job.status])).toEqual([
    [third.id, "done"],
    [seen[0]?.job.id, "cancelled"],
  ]);
  expect(told[0]?.id).toBeLessThan(told[1]?.id ?? 0);
});

test.each(["nonsense", "-1", "999999999", "1e3", ""])(
  "an id we never gave out (%j) begins with the present",
  async (lastEventId) => {
    const world = await setup();
    const job = await world.createJob();
    const stream = openUpdates(world.caller, { lastEventId });
    expect((await stream.next()).job.id).toBe(job.id);
  },
);

test("what happens between connecting and the first read is not lost", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stream = openUpdates(world.caller, { jobId: job.id });
  const first = stream.next();
  await finish(world, job);
  await first;
  const rest = await stream.rest();
  expect([(await first).job.status, ...rest.map((seen) => seen.job.status)].at(-1)).toBe("done");
});

test("erasing a job ends its stream", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stream = openUpdates(world.caller, { jobId: job.id });
  await stream.next();
  const rest = stream.rest();
  await cancelJob(world.caller, { jobId: job.id });
  await deleteJob(world.caller, { jobId: job.id });
  expect((await rest).length).toBeLessThanOrEqual(1);
});

test("a reader that leaves in the middle leaves no listener behind", async () => {
  const world = await setup();
  await world.createJob();
  const stream = openUpdates(world.caller);
  await stream.next();
  const rest = stream.rest();
  stream.abort.abort();
  expect(await rest).toEqual([]);
  expect(world.doorbell.listenedOwners()).toEqual([]);
});
