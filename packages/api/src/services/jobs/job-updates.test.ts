import type { TrackedEnvelope } from "@trpc/server";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Job, JobUpdatesInput } from "../../contract/job.ts";
import { completedReport, setup, type World } from "../../testing/index.ts";
import type { CallerContext } from "../context.ts";
import { createLocalDoorbell } from "../streams/local-doorbell.ts";
import { cancelJob } from "./cancel-job.ts";
import { deleteJob } from "./delete-job.ts";
import { jobUpdates } from "./job-updates.ts";

interface Seen {
  readonly id: number;
  readonly job: Job;
}

/** A stream that is read value by value. */
function open(world: World, input: JobUpdatesInput = {}, caller: CallerContext = world.caller) {
  const abort = new AbortController();
  const updates = jobUpdates(caller, input, abort.signal);
  onTestFinished(() => abort.abort());
  return {
    abort,
    async next(): Promise<Seen> {
      const { value, done } = await updates.next();
      if (done === true) throw new Error("the stream has ended");
      return toSeen(value);
    },
    async rest(): Promise<Seen[]> {
      const seen: Seen[] = [];
      for await (const value of updates) seen.push(toSeen(value));
      return seen;
    },
  };
}

/** tRPC's envelope is the tuple [id, data, brand]. */
function toSeen(envelope: TrackedEnvelope<Job>): Seen {
  return { id: Number(envelope[0]), job: envelope[1] };
}

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
  const stream = open(world, { jobId: job.id });
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
  const seen = await open(world, { jobId: job.id, lastEventId: "999" }).rest();
  expect(seen.map(({ job: { status } }) => status)).toEqual(["done"]);
});

test("a job that is not the caller's reads as not found, and leaves no listener", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stranger = await world.addOwner(0);
  await expect(open(world, { jobId: job.id }, stranger).next()).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
  expect(world.doorbell.listenedOwners()).toEqual([]);
});

test("without a job the stream begins with the open jobs, then tells of every job", async () => {
  const world = await setup();
  const ended = await world.createJob();
  await cancelJob(world.caller, { jobId: ended.id });
  const first = await world.createJob();
  const stream = open(world);
  expect((await stream.next()).job.id).toBe(first.id);
  const second = await world.createJob();
  expect((await stream.next()).job).toMatchObject({ id: second.id, status: "queued" });
  await cancelJob(world.caller, { jobId: first.id });
  expect((await stream.next()).job).toMatchObject({ id: first.id, status: "cancelled" });
});

test("numbers never go backwards and no end is missed while two jobs change at once", async () => {
  const world = await setup({ credits: 100 });
  const stream = open(world);
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
  const stream = open(world);
  const seen = [await stream.next(), await stream.next(), await stream.next()];
  stream.abort.abort();
  const [, , third] = jobs;
  const [, middle] = seen;
  if (third === undefined || middle === undefined) throw new Error("three jobs were made");
  await finish(world, third);
  await cancelJob(world.caller, { jobId: seen[0]?.job.id ?? "" });
  const resumed = open(world, { lastEventId: String(middle.id) });
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
    const stream = open(world, { lastEventId });
    expect((await stream.next()).job.id).toBe(job.id);
  },
);

test("what happens between connecting and the first read is not lost", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stream = open(world, { jobId: job.id });
  const first = stream.next();
  await finish(world, job);
  await first;
  const rest = await stream.rest();
  expect([(await first).job.status, ...rest.map((seen) => seen.job.status)].at(-1)).toBe("done");
});

test("a queue place that moves is sent again under the same number, but not before five seconds", async () => {
  const world = await setup({ credits: 100 });
  const ahead = await world.createJob();
  world.clock.advance(1);
  const job = await world.createJob();
  const bell = createOwnBell(world.caller);
  const stream = open(world, { jobId: job.id }, bell.caller);
  const first = await stream.next();
  expect(first.job.queuePosition).toBe(2);
  const next = stream.next();
  await bell.isListening();
  await cancelJob(world.caller, { jobId: ahead.id });
  world.clock.advance(4_000);
  const read = bell.ring();
  expect(await Promise.race([next.then(() => "sent again"), read.then(() => "read only")])).toBe(
    "read only",
  );
  world.clock.advance(1_000);
  void bell.ring();
  const again = await next;
  expect(again.id).toBe(first.id);
  expect(again.job.queuePosition).toBe(1);
});

test("a job that is drawn is told again from what is known of it: whoever watches long reads nothing", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  runOf(world).report = { kind: "running", progress: null };
  await world.reconcile(job);
  const told = vi.spyOn(world.services.jobReader, "byId");
  const stream = open(world, { jobId: job.id }, createTimeouts(world.caller));
  const first = await stream.next();
  const next = stream.next();
  world.clock.advance(5_000);
  const again = await next;
  expect(again.id).toBe(first.id);
  const left = { low: (first.job.etaSeconds?.low ?? 0) - 5 };
  expect(again.job).toEqual({ ...first.job, etaSeconds: expect.objectContaining(left) });
  expect(told).toHaveBeenCalledTimes(1);
});

/** A caller whose streams hear no ring: only time passes. */
function createTimeouts(caller: CallerContext): CallerContext {
  const doorbell = createLocalDoorbell();
  const listen = () => ({ next: async () => "timeout" as const, saw() {}, close() {} });
  return { ...caller, services: { ...caller.services, doorbell: { ...doorbell, listen } } };
}

/** A caller whose stream only the test rings for. */
function createOwnBell(caller: CallerContext) {
  const doorbell = createLocalDoorbell();
  let waiting = Promise.withResolvers<void>();
  const services = {
    ...caller.services,
    doorbell: {
      ...doorbell,
      listen(ownerId: string) {
        const bell = doorbell.listen(ownerId);
        const next: typeof bell.next = (...limits) => {
          const rung = bell.next(...limits);
          waiting.resolve();
          return rung;
        };
        return { ...bell, next };
      },
    },
  };
  return {
    caller: { ...caller, services },
    isListening: () => waiting.promise,
    /** Resolves when the stream waits again: what it was rung for is then read. */
    ring(): Promise<void> {
      waiting = Promise.withResolvers();
      doorbell.ring(caller.ownerId);
      return waiting.promise;
    },
  };
}

test("while somebody watches the driver polls every second, afterwards every five", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  const dueIn = async () => {
    await world.reconcile(job);
    const [row] = await world.sql`select due_at from jobs where id = ${job.id}`;
    return new Date(String(row?.["due_at"])).getTime() - world.clock.now().getTime();
  };
  expect(await dueIn()).toBe(5_000);
  const stream = open(world, { jobId: job.id });
  await stream.next();
  const [woken] = await world.sql`select due_at from jobs where id = ${job.id}`;
  expect(woken?.["due_at"]).toEqual(world.clock.now());
  expect(await dueIn()).toBe(1_000);
  stream.abort.abort();
  world.clock.advance(60_000);
  expect(await dueIn()).toBe(5_000);
  world.clock.advance(120_000);
  expect(await dueIn()).toBe(15_000);
});

test("opening a stream neither shortens a wait after a refusal nor uses up a try", async () => {
  // The refusal asks for a second, which is longer than the next look would be.
  const world = await setup({ gpuSettings: { watchedPollMs: 100 } });
  world.gpu.script("rate-limit");
  const job = await world.createJob();
  await world.reconcile(job);
  const read = () => world.sql`select due_at, tries, wakes from jobs where id = ${job.id}`;
  const [before] = await read();
  expect(new Date(String(before?.["due_at"])) > world.clock.now()).toBe(true);
  for (let opened = 0; opened < 3; opened += 1) await open(world, { jobId: job.id }).next();
  expect(await read()).toEqual([before]);
  expect(await world.driveDue()).toBe(0);
});

test("erasing a job ends its stream", async () => {
  const world = await setup();
  const job = await world.createJob();
  const stream = open(world, { jobId: job.id });
  await stream.next();
  const rest = stream.rest();
  await cancelJob(world.caller, { jobId: job.id });
  await deleteJob(world.caller, { jobId: job.id });
  expect((await rest).length).toBeLessThanOrEqual(1);
});

test("a reader that leaves in the middle leaves no listener behind", async () => {
  const world = await setup();
  await world.createJob();
  const stream = open(world);
  await stream.next();
  const rest = stream.rest();
  stream.abort.abort();
  expect(await rest).toEqual([]);
  expect(world.doorbell.listenedOwners()).toEqual([]);
});

test("who watches with nothing open costs the driver no hurry; with his first job he does", async () => {
  const world = await setup();
  const bell = createOwnBell(world.caller);
  const stream = open(world, {}, bell.caller);
  const first = stream.next();
  await bell.isListening();
  const watching = () => world.sql`select owner_id from watches`;
  expect(await watching()).toHaveLength(0);
  const job = await world.createJob();
  void bell.ring();
  expect((await first).job.id).toBe(job.id);
  expect(await watching()).toHaveLength(1);
  stream.abort.abort();
});
