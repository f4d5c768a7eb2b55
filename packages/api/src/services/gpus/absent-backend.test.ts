import { expect, test } from "vitest";
import { createDriving } from "../../testing/driving.ts";
import { completedReport, createScriptedGpu, setup, type World } from "../../testing/index.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createGpuFleet } from "./gpu-fleet.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The same rows under a configuration that no longer names the backend they bear. */
function afterReconfiguration(world: World) {
  const other = createScriptedGpu("comfyui:other");
  const gpus = createGpuFleet({ backends: [other], now: world.clock.now });
  const { driveDue } = createDriving({ ...world.services, gpus });
  const pass = async (ms: number, everyMs: number) => {
    for (let passed = 0; passed < ms; passed += everyMs) {
      world.clock.advance(everyMs);
      await driveDue();
    }
  };
  return { other, gpus, pass };
}

async function endOf(world: World, job: { id: string }) {
  const { status, error, etaSeconds } = await world.job(job);
  const states = await world.sql`select state from attempts where job_id = ${job.id}`;
  return {
    status,
    code: error?.code ?? null,
    etaSeconds,
    states: states.map((row): unknown => row["state"]),
  };
}

function onlyRun(world: World) {
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  return run;
}

test("a job that is drawn on a backend that is gone ends at its deadline, its credits back", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  await world.reconcile(job);
  onlyRun(world).report = { kind: "running", progress: null };
  await world.reconcile(job);
  const { pass, other } = afterReconfiguration(world);
  await pass(20 * MINUTE_MS, 15_000);
  expect(await endOf(world, job)).toMatchObject({
    status: "failed",
    code: "GPU_TIMEOUT",
    states: ["dead"],
  });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  expect(other.runs).toHaveLength(0);
});

test("a wish to cancel it is carried out in the same time", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  await world.reconcile(job);
  const { pass } = afterReconfiguration(world);
  await cancelJob(world.caller, { jobId: job.id });
  await pass(20 * MINUTE_MS, 15_000);
  expect(await endOf(world, job)).toMatchObject({ status: "cancelled", states: ["dead"] });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a finished picture that can no longer be fetched is lost when its time is over, and not charged", async () => {
  const world = await setup({ credits: 10 });
  const job = await world.createJob();
  await world.reconcile(job);
  onlyRun(world).report = completedReport(onlyRun(world));
  world.store.head = async () => null;
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "storing" });
  const { pass } = afterReconfiguration(world);
  await pass(11 * MINUTE_MS, 15_000);
  expect(await endOf(world, job)).toMatchObject({ status: "failed", code: "RESULT_LOST" });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a submit that was never answered ends when patience does, its attempt when it must be dead", async () => {
  const world = await setup({ credits: 10 });
  world.gpu.script("drop-answer");
  const job = await world.createJob();
  await world.reconcile(job);
  const { pass } = afterReconfiguration(world);
  await pass(3 * MINUTE_MS, 5_000);
  expect(await endOf(world, job)).toMatchObject({ status: "failed", states: ["unknown"] });
  await pass(12 * MINUTE_MS, 15_000);
  expect(await endOf(world, job)).toMatchObject({ states: ["dead"] });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
});

test("a job that had not been sent waits for the backend to be configured again, a day at most", async () => {
  const world = await setup({ credits: 10 });
  const [waits, comesBack] = [await world.createJob(), await world.createJob()];
  const { pass, gpus, other } = afterReconfiguration(world);
  await pass(5 * MINUTE_MS, 15_000);
  expect(gpus.isDown(world.gpu.name)).toBe(true);
  expect(await endOf(world, waits)).toMatchObject({ status: "queued" });
  const shown = { ...world.caller, services: { ...world.services, gpus } };
  expect(await cancelJob(shown, { jobId: comesBack.id })).toMatchObject({ status: "cancelled" });
  await pass(DAY_MS, 60 * MINUTE_MS);
  expect(await endOf(world, waits)).toMatchObject({ status: "failed", code: "GPU_TIMEOUT" });
  expect(await world.balance()).toEqual({ available: 10, held: 0 });
  expect([...world.gpu.runs, ...other.runs]).toHaveLength(0);
});
