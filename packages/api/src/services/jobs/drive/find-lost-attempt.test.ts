import { GpuUnavailable } from "@ob/runpod";
import { expect, test } from "vitest";
import {
  completedReport,
  createFakeClock,
  createScriptedGpu,
  setup,
  type World,
} from "../../../testing/index.ts";
import { cancelJob } from "../cancel-job.ts";

const MINUTE_MS = 60_000;

/** A world whose GPU side can be asked for an attempt by its file prefix, as a ComfyUI can. */
async function finding() {
  const scripted = createScriptedGpu();
  let silent = false;
  const clock = createFakeClock();
  const asked: number[] = [];
  const find = async (filePrefix: string): Promise<string | null> => {
    asked.push(clock.now().getTime());
    if (silent) throw new GpuUnavailable("away");
    return scripted.runs.find((run) => run.filePrefix === filePrefix)?.id ?? null;
  };
  const world = await setup({ credits: 10, clock, gpu: { ...scripted, find } });
  return { world, asked, beSilent: (is: boolean) => void (silent = is) };
}

async function pass(world: World, ms: number) {
  for (let passed = 0; passed < ms; passed += 5_000) {
    world.clock.advance(5_000);
    await world.driveDue();
  }
}

async function states(world: World) {
  return [...(await world.sql`select state, runpod_job_id from attempts`)];
}

test("an attempt whose sender died is found, drawn once, and paid once", async () => {
  const { world } = await finding();
  const job = await world.createJob();
  world.gpu.script("crash-after", "accept");
  expect(await world.reconcile(job)).toBe(false);
  await pass(world, 40_000);
  expect(await states(world)).toEqual([{ state: "submitted", runpod_job_id: "run-1" }]);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing runs");
  run.report = completedReport(run);
  await pass(world, MINUTE_MS);
  expect(await world.job(job)).toMatchObject({ status: "done" });
  expect(await world.balance()).toEqual({ available: 7, held: 0 });
  expect(world.gpu.runs).toHaveLength(1);
});

test("one whose answer was lost is found within seconds, and shown as waiting", async () => {
  const { world, beSilent } = await finding();
  const job = await world.createJob();
  world.gpu.script("drop-answer");
  beSilent(true);
  await world.reconcile(job);
  expect(await states(world)).toMatchObject([{ state: "unknown" }]);
  beSilent(false);
  world.clock.advance(2_000);
  await world.driveDue();
  expect(await states(world)).toEqual([{ state: "submitted", runpod_job_id: "run-1" }]);
  expect(await world.job(job)).toMatchObject({ status: "queued", stage: "waiting" });
});

test("how often it is asked for grows rarer", async () => {
  const { world, asked } = await finding();
  const job = await world.createJob();
  world.gpu.script("drop-request");
  const beganMs = world.clock.now().getTime();
  await world.reconcile(job);
  for (let ms = 0; ms < MINUTE_MS; ms += 500) {
    world.clock.advance(500);
    await world.driveDue();
  }
  const askedAtMs = asked.map((ms) => ms - beganMs);
  expect(askedAtMs.slice(0, 4)).toEqual([0, 2_000, 4_000, 6_000]);
  expect(askedAtMs.length).toBeLessThan(14);
  expect(Math.max(...askedAtMs)).toBeGreaterThan(45_000);
});

test("an attempt that is not there is given up as ever, and never sent again", async () => {
  const { world } = await finding();
  const job = await world.createJob();
  world.gpu.script("drop-request", "accept");
  await world.reconcile(job);
  await pass(world, 3 * MINUTE_MS);
  expect(await world.job(job)).toMatchObject({ status: "failed", error: { code: "GPU_TIMEOUT" } });
  expect(world.gpu.runs).toHaveLength(0);
});

test("a side that does not answer the question changes nothing", async () => {
  const { world, beSilent } = await finding();
  const job = await world.createJob();
  world.gpu.script("drop-answer", "accept");
  beSilent(true);
  await world.reconcile(job);
  await pass(world, 3 * MINUTE_MS);
  expect(await world.job(job)).toMatchObject({ status: "failed" });
  // The run that outlived its job is found once it can be, and cancelled.
  beSilent(false);
  await pass(world, 12 * MINUTE_MS);
  expect(world.gpu.cancelled).toContain("run-1");
  expect(await states(world)).toMatchObject([{ state: "dead" }]);
});

test("one that its owner has given up is found and cancelled instead of waited out", async () => {
  const { world } = await finding();
  const job = await world.createJob();
  world.gpu.script("crash-after", "accept");
  expect(await world.reconcile(job)).toBe(false);
  await cancelJob(world.caller, { jobId: job.id });
  await pass(world, MINUTE_MS);
  expect(await world.job(job)).toMatchObject({ status: "cancelled" });
  expect(world.gpu.cancelled).toContain("run-1");
});
