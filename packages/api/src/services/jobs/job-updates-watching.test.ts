import { expect, test, vi } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { openUpdates } from "../../testing/open-updates.ts";
import { createOwnBell, createTimeouts } from "../../testing/stream-bells.ts";
import { cancelJob } from "./cancel-job.ts";
import { deleteJob } from "./delete-job.ts";

test("a queue place that moves is sent again under the same number, but not before five seconds", async () => {
  const world = await setup({ credits: 100 });
  const ahead = await world.createJob();
  world.clock.advance(1);
  const job = await world.createJob();
  const bell = createOwnBell(world.caller);
  const stream = openUpdates(bell.caller, { jobId: job.id });
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

test.each(["one job", "all jobs"])(
  "in a stream of %s what is drawn is told again from what is known of it: who watches long reads nothing",
  async (of) => {
    const world = await setup();
    const job = await world.createJob();
    await world.reconcile(job);
    const [run] = world.gpu.runs;
    if (run === undefined) throw new Error("nothing was sent");
    run.report = { kind: "running", progress: null };
    await world.reconcile(job);
    const input = of === "one job" ? { jobId: job.id } : {};
    const stream = openUpdates(createTimeouts(world.caller), input);
    const first = await stream.next();
    const { jobReader } = world.services;
    const readings = (["byId", "ofIds", "changedSince"] as const).map((way) =>
      vi.spyOn(jobReader, way),
    );
    const next = stream.next();
    world.clock.advance(5_000);
    const again = await next;
    expect(again.id).toBe(first.id);
    const left = { low: (first.job.etaSeconds?.low ?? 0) - 5 };
    expect(again.job).toEqual({ ...first.job, etaSeconds: expect.objectContaining(left) });
    for (const reading of readings) expect(reading).not.toHaveBeenCalled();
  },
);

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
  const stream = openUpdates(world.caller, { jobId: job.id });
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
  for (let opened = 0; opened < 3; opened += 1)
    await openUpdates(world.caller, { jobId: job.id }).next();
  expect(await read()).toEqual([before]);
  expect(await world.driveDue()).toBe(0);
});

test("who watches with nothing open costs the driver no hurry; with his first job he does", async () => {
  const world = await setup();
  const bell = createOwnBell(world.caller);
  const stream = openUpdates(bell.caller);
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

test.each(["one job", "all jobs"])(
  "in a stream of %s what nobody rang for is found by the poll, and what was read is not read again",
  async (of) => {
    const world = await setup({ credits: 100 });
    const job = await world.createJob();
    const bell = createOwnBell(world.caller);
    const input = of === "one job" ? { jobId: job.id } : {};
    const stream = openUpdates(bell.caller, input);
    await stream.next();
    const next = stream.next();
    await bell.isListening();
    await world.createJob();
    await cancelJob(world.caller, { jobId: job.id });
    bell.ringBehind(await newest(world));
    const told = [await next, ...(of === "one job" ? [] : [await stream.next()])];
    expect(told.map(({ job: { id, status } }) => [id, status])).toContainEqual([
      job.id,
      "cancelled",
    ]);
  },
);

test("a stream of one job is not rung again for what another job has brought", async () => {
  const world = await setup({ credits: 100 });
  const job = await world.createJob();
  const bell = createOwnBell(world.caller);
  const stream = openUpdates(bell.caller, { jobId: job.id });
  await stream.next();
  const readings = vi.spyOn(world.services.jobReader, "byId");
  const next = stream.next();
  await bell.isListening();
  await world.createJob();
  await bell.ring();
  expect(readings).toHaveBeenCalledTimes(1);
  bell.ringBehind(await newest(world));
  await world.reconcile(job);
  void bell.ring();
  await next;
  expect(readings).toHaveBeenCalledTimes(2);
});

test("a job that ended and was erased unseen is not told of any more", async () => {
  const world = await setup({ credits: 100 });
  const job = await world.createJob();
  await world.reconcile(job);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = { kind: "running", progress: { value: 1, max: 4 } };
  await world.reconcile(job);
  const other = await world.createJob();
  const bell = createOwnBell(world.caller);
  const stream = openUpdates(bell.caller);
  expect((await stream.next()).job.status).toBe("running");
  expect((await stream.next()).job.id).toBe(other.id);
  const next = stream.next();
  await bell.isListening();
  run.report = completedReport(run);
  await world.reconcile(job);
  await deleteJob(world.caller, { jobId: job.id });
  await bell.ring();
  world.clock.advance(20_000);
  await bell.ring();
  await world.reconcile(other);
  void bell.ring();
  expect((await next).job.id).toBe(other.id);
});

test("while the GPU side is down no time is told, and when it is back it is told again", async () => {
  const world = await setup();
  const job = await world.createJob();
  await world.reconcile(job);
  const { backend, probe } = world.services.gpus.sides[0];
  const bell = createOwnBell(world.caller);
  const stream = openUpdates(bell.caller, { jobId: job.id });
  expect((await stream.next()).job.etaSeconds).not.toBeNull();
  const again = async () => {
    const next = stream.next();
    await bell.isListening();
    world.clock.advance(5_000);
    void bell.ring();
    return (await next).job.etaSeconds;
  };
  world.gpu.speak("unavailable");
  for (let n = 0; n < 3; n += 1)
    await expect(backend.report("x", never)).rejects.toThrow("silence");
  expect(await again()).toBeNull();
  world.gpu.speak("clear");
  await probe(never);
  expect(await again()).not.toBeNull();
});

const never = new AbortController().signal;

async function newest(world: World): Promise<number> {
  const [owner] =
    await world.sql`select last_seq::int as seq from owners where id = ${world.caller.ownerId}`;
  return Number(owner?.["seq"]);
}
