import { expect, test } from "vitest";
import { completedReport, type Run, setup, type World } from "../../../testing/index.ts";
import { eraseObjects } from "../../sweeps/erase-objects.ts";
import { deleteJob } from "../delete-job.ts";
import { createWorkLimit } from "../../work-limit.ts";
import { collectResult } from "./collect-result.ts";
import type { DriveRows } from "./drive-rows.ts";
import { handOver } from "./step-outcome.ts";
import { toSubmitted } from "./submitted-state.ts";

async function submitted(world: World) {
  const job = await world.createJob();
  await world.reconcile(job);
  const run = world.gpu.runs[0];
  if (run === undefined) throw new Error("nothing was sent");
  return { job, run };
}

const completedWith = (output: unknown) =>
  ({ kind: "completed", output, delayMs: 1, executionMs: 2 }) as const;

function imageNamed(filename: string, data: string) {
  return { images: [{ filename, type: "base64", data }] };
}

/** A picture that could be delivered, had it the right name. */
function pictureOf(run: Run): string {
  return Buffer.from(run.attempt.images[0]?.bytes ?? []).toString("base64");
}

test.each([
  ["no output at all", () => undefined, "RESULT_LOST"],
  ["an empty list of images", () => ({ images: [] }), "RESULT_LOST"],
  ["an unknown shape", () => ({ picture: 1 }), "RESULT_UNUSABLE"],
  [
    "text that is not base64",
    (run: Run) => imageNamed(`${run.filePrefix}_1.png`, "%%%"),
    "RESULT_UNUSABLE",
  ],
  [
    "somebody else's picture",
    (run: Run) => imageNamed("ob-other_00001_.png", pictureOf(run)),
    "RESULT_UNUSABLE",
  ],
  [
    "bytes that are no picture",
    (run: Run) => imageNamed(`${run.filePrefix}_1.png`, "aGVsbG8="),
    "RESULT_UNUSABLE",
  ],
] as const)("%s fails the job once, and the credits come back", async (_name, output, code) => {
  const world = await setup({ credits: 10, imaging: "real" });
  const { job, run } = await submitted(world);
  run.report = completedWith(output(run));
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({
    status: "failed",
    error: { code },
    refundedCredits: 3,
    result: null,
  });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  expect(world.gpu.runs).toHaveLength(1);
});

test("a store that fails is tried again until it holds the result", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  world.store.failPuts(5);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing", stage: "storing" });
  for (let look = 0; look < 40; look += 1) {
    world.clock.advance(5_000);
    await world.driveDue();
  }
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("an original that is away for a moment loses no result: it is tried again", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  const get = world.store.get.bind(world.store);
  world.store.get = async () => null;
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing", stage: "storing" });
  world.store.get = get;
  world.clock.advance(30_000);
  await world.driveDue();
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("a result that could not be stored in ten minutes is lost, and the credits come back", async () => {
  const world = await setup({ credits: 10 });
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  world.store.failPuts(1_000);
  await world.reconcile(job);
  for (let look = 0; look < 41; look += 1) {
    world.clock.advance(15_000);
    await world.driveDue();
  }
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "RESULT_LOST" } });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a result that RunPod has thrown away meanwhile is lost", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  world.store.failPuts(2);
  await world.reconcile(job);
  run.report = { kind: "gone" };
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "RESULT_LOST" } });
});

test("a process that dies after storing leaves nothing behind: the next one stores the same keys", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  const head = world.store.head.bind(world.store);
  world.store.head = async () => null;
  await world.reconcile(job);
  const before = [...world.store.objects.keys()].toSorted();
  world.store.head = head;
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
  expect([...world.store.objects.keys()].toSorted()).toEqual(before);
});

test("objects of a result that was never delivered are erased; those of a delivered one stay", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  const before = world.store.objects.size;
  run.report = completedReport(run);
  const head = world.store.head.bind(world.store);
  world.store.head = async () => null;
  await world.reconcile(job);
  expect(world.store.objects.size).toBe(before + 2);
  run.report = { kind: "gone" };
  await world.reconcile(job);
  world.store.head = head;

  const delivered = await world.createJob();
  await world.reconcile(delivered);
  const second = world.gpu.runs[1];
  if (second === undefined) throw new Error("nothing was sent");
  second.report = completedReport(second);
  await world.reconcile(delivered);
  world.clock.advance(2 * 60 * 60_000);
  expect(await eraseObjects(world.services, { limit: 100 })).toBe(2);
  expect(world.store.objects.size).toBe(before + 2);
  expect(await world.job(delivered)).toMatchObject({ status: "done" });
});

test("an erasure that was planned and never taken back leaves a delivered result alone", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  await world.reconcile(job);
  const [result] = await world.sql<{ object_key: string }[]>`select object_key from results`;
  const now = world.clock.now();
  await world.sql`
    insert into object_erasures (object_key, due_at) values (${result?.object_key ?? ""}, ${now})`;
  expect(await eraseObjects(world.services, { limit: 100 })).toBe(1);
  expect(await world.sql`select * from object_erasures`).toHaveLength(0);
  await world.checkInvariants();
});

test("a result deleted in the moment of its delivery goes for ever, also when its objects could not go at once", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  const remove = world.store.delete.bind(world.store);
  world.store.delete = () => Promise.reject(new Error("the disk is away"));
  const rows = afterStored(world.services.rows, async () => {
    await deleteJob(world.caller, { jobId: job.id });
  });
  Object.assign(world.services, { rows });
  await world.reconcile(job);
  world.store.delete = remove;
  world.clock.advance(2 * 60 * 60_000);
  expect(await eraseObjects(world.services, { limit: 100 })).toBeGreaterThan(0);
  expect([...world.store.objects.keys()].filter((key) => key.startsWith("results/"))).toEqual([]);
});

/** Does something as soon as a delivery is committed, before the driver hears of it. */
function afterStored(rows: DriveRows, act: () => Promise<void>): DriveRows {
  return {
    ...rows,
    async apply(move) {
      const applied = await rows.apply(move);
      if (move.event === "stored") await act();
      return applied;
    },
  };
}

test("who waits for a turn holds no answer meanwhile, and reads it again", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  const state = await collectable(world, job);
  const resultsInHand = createWorkLimit(1);
  Object.assign(world.services, { resultsInHand });
  const other = Promise.withResolvers<void>();
  const busy = resultsInHand.run(() => other.promise);
  let reports = 0;
  const report = world.gpu.report.bind(world.gpu);
  const { backend } = world.services.gpus.side(world.gpu.name);
  backend.report = (id, asking) => {
    reports += 1;
    return report(id, asking);
  };
  const answer = completedReport(run);
  if (answer.kind !== "completed") throw new Error("it is not complete");
  const completed = handOver(answer);
  const signal = new AbortController().signal;
  const collecting = collectResult(world.services, state, { completed, signal });
  expect(completed.take()).toBe(null);
  other.resolve();
  await Promise.all([busy, collecting]);
  expect(reports).toBe(1);
  expect(await world.job(job)).toMatchObject({ status: "done" });
});

test("a result is fetched while others are at the pixels; who gives up leaves their queue", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  const state = await collectable(world, job);
  const pictureWork = createWorkLimit(1);
  Object.assign(world.services, { pictureWork });
  const other = Promise.withResolvers<void>();
  const busy = pictureWork.run(() => other.promise);
  const reached: string[] = [];
  Object.assign(world.services, { failpoint: (name: string) => void reached.push(name) });
  const lease = new AbortController();
  const asked = { completed: null, signal: lease.signal };
  const collecting = collectResult(world.services, state, asked);
  await expect.poll(() => reached).toContain("result.fetched");
  lease.abort(new Error("the lease is lost"));
  await expect(collecting).rejects.toThrow("the lease is lost");
  other.resolve();
  await busy;
  expect(pictureWork.isBusy()).toBe(false);
  expect(reached).not.toContain("result.stored");
});

/** The job as its drive finds it when its run has just been seen complete. */
async function collectable(world: World, { id }: { id: string }) {
  world.store.failPuts(2);
  await world.reconcile({ id });
  const state = await world.services.rows.read({ jobId: id, now: world.clock.now() });
  const known = state === null ? null : toSubmitted(state);
  if (known?.job.status !== "storing") throw new Error("nothing is to be collected");
  return known;
}

test("a late progress message in the place of COMPLETED is waited out", async () => {
  const world = await setup();
  const { job, run } = await submitted(world);
  run.report = completedReport(run);
  world.store.failPuts(2);
  await world.reconcile(job);
  run.report = { kind: "running", progress: { value: 4, max: 4 } };
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing" });
  run.report = completedReport(run);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
});
