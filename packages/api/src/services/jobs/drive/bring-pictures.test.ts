import { type GpuBackend, GpuUnauthorized, GpuUnavailable, type Leftovers } from "@ob/runpod";
import { expect, test } from "vitest";
import type { Job } from "../../../contract/job.ts";
import type { GpuSettings } from "../../../domain/gpu-settings.ts";
import {
  completedReport,
  createFakeClock,
  createScriptedGpu,
  setup,
  type World,
} from "../../../testing/index.ts";
import { createGpuFleet } from "../../gpus/gpu-fleet.ts";
import { createWorkLimit } from "../../work-limit.ts";
import { cancelJob } from "../cancel-job.ts";
import { driveJob } from "./drive-job.ts";
import { sweepLeftovers } from "../../sweeps/sweep-leftovers.ts";

const never = new AbortController().signal;

/** A world whose GPU side wants its pictures beforehand, and says what was asked of it. */
async function bringing(gpuSettings: Partial<GpuSettings> = {}) {
  const clock = createFakeClock();
  const brought: string[] = [];
  const discarded: Leftovers[] = [];
  const swept: Date[] = [];
  let act = (): Promise<void> => Promise.resolve();
  const gpu = {
    ...createScriptedGpu(),
    async prepare({ filePrefix }: { filePrefix: string }, signal: AbortSignal) {
      brought.push(filePrefix);
      await act();
      signal.throwIfAborted();
    },
    async discard(leftovers: Leftovers) {
      discarded.push(leftovers);
    },
    async sweep(before: Date) {
      swept.push(before);
      return 3;
    },
  };
  const world = await setup({ gpu, clock, gpuSettings, credits: 40 });
  const whenBringing = (next: () => Promise<void>): void => {
    act = next;
  };
  return { world, brought, discarded, swept, whenBringing };
}

test("pictures are brought before the intent, so that however long it takes the attempt is sent", async () => {
  const { world, brought, whenBringing } = await bringing();
  whenBringing(async () => {
    expect(await world.sql`select from attempts`).toHaveLength(0);
    world.clock.advance(25_000);
  });
  await world.createJob();
  await world.driveDue();
  expect(world.gpu.runs.map(({ filePrefix }) => filePrefix)).toEqual(brought);
  expect(brought).toHaveLength(1);
});

test.each([
  ["are not to be brought for the moment", new GpuUnavailable("away"), 2_000, "warn"],
  ["may not be brought", new GpuUnauthorized("no", 403), 30_000, "error"],
] as const)("a job whose pictures %s waits, and loses neither a try nor credits", async (...it) => {
  const [, error, waitMs, level] = it;
  const { world, whenBringing } = await bringing();
  whenBringing(() => Promise.reject(error));
  const job = await world.createJob();
  await world.driveDue();
  expect(await world.sql`select from attempts`).toHaveLength(0);
  expect(await world.job(job)).toMatchObject({ status: "queued" });
  expect(await world.balance()).toMatchObject({ held: 3 });
  expect(world.log.find(({ event }) => event === "attempt.pictures-not-brought")?.level).toBe(
    level,
  );
  whenBringing(() => Promise.resolve());
  world.clock.advance(waitMs);
  await world.driveDue();
  expect(world.gpu.runs).toHaveLength(1);
});

test("what an attempt left is discarded when its job is over, and before another is tried", async () => {
  const { world, discarded } = await bringing();
  const job = await world.createJob({ maskAssetId: world.maskAssetId });
  world.gpu.script("no-connection", "accept");
  await world.driveDue();
  expect(discarded).toEqual([]);
  world.clock.advance(60_000);
  await world.driveDue();
  expect(discarded).toHaveLength(1);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
  expect(discarded.at(-1)).toEqual({
    filePrefix: run.filePrefix,
    imageNames: run.attempt.images.map(({ name }) => name),
  });
  expect(new Set(discarded.map(({ filePrefix }) => filePrefix)).size).toBe(2);
});

/** Drives several jobs at the same time, as a process does. */
function driveTogether(world: World<GpuBackend>, jobs: readonly Pick<Job, "id">[], signal = never) {
  const drives = { signal, stopping: () => false };
  return Promise.all(jobs.map(({ id }) => driveJob(world.services, id, drives)));
}

/** Another process, which knows nothing of what this one has reserved, sends a job. */
async function driveElsewhere(world: World<GpuBackend>, { id }: Job): Promise<void> {
  const gpus = createGpuFleet({ backends: [createScriptedGpu(world.gpu.name)] });
  await driveJob({ ...world.services, gpus }, id, { signal: never, stopping: () => false });
}

async function severalJobs(world: World<GpuBackend>, count: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let n = 0; n < count; n += 1) jobs.push(await world.createJob());
  return jobs;
}

test("of many that wait for two slots, two prepare and bring their pictures, and the others wait for a slot", async () => {
  const { world, brought, whenBringing } = await bringing({ maxInFlight: 2 });
  const jobs = await severalJobs(world, 6);
  const bring = Promise.withResolvers<void>();
  whenBringing(() => bring.promise);
  const drives = driveTogether(world, jobs);
  await expect.poll(() => brought.length).toBe(2);
  bring.resolve();
  await drives;
  expect(brought).toHaveLength(2);
  expect(world.gpu.runs).toHaveLength(2);
  // Nothing stays reserved: the next one goes as soon as a slot is free.
  const [run] = world.gpu.runs;
  const [done] = await world.sql<{ id: string }[]>`
    select job_id as id from attempts where file_prefix = ${run?.filePrefix ?? ""}`;
  if (run === undefined || done === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await driveTogether(world, [done]);
  await driveTogether(world, jobs);
  expect(world.gpu.runs).toHaveLength(3);
});

test("so many bring their pictures at once, whatever the slots", async () => {
  const { world, brought, whenBringing } = await bringing();
  const jobs = await severalJobs(world, 3);
  Object.assign(world.services, { pictureBringing: createWorkLimit(1) });
  let underWay = 0;
  whenBringing(async () => {
    underWay += 1;
    await Promise.resolve();
    expect(underWay).toBe(1);
    underWay -= 1;
  });
  await driveTogether(world, jobs);
  expect(brought).toHaveLength(3);
});

test.each(["was cancelled", "found no slot", "found the gate closed", "lost its lease"] as const)(
  "what a job brought that %s meanwhile is discarded, and nothing is sent",
  async (how) => {
    const { world, brought, discarded, whenBringing } = await bringing({ maxInFlight: 1 });
    const job = await world.createJob();
    const lease = new AbortController();
    whenBringing(async () => {
      if (how === "was cancelled") await cancelJob(world.caller, { jobId: job.id });
      if (how === "found no slot") await driveElsewhere(world, await world.createJob());
      if (how === "found the gate closed") {
        world.services.gpus.side(world.gpu.name).gate.close(world.clock.now(), 10_000);
      }
      if (how === "lost its lease") lease.abort(new Error("the lease is lost"));
    });
    await driveTogether(world, [job], lease.signal).catch(() => {});
    expect(brought).toHaveLength(1);
    expect(discarded.map(({ filePrefix }) => filePrefix)).toEqual(brought);
    expect(discarded[0]?.imageNames).toHaveLength(1);
    expect(await world.sql`select from attempts where job_id = ${job.id}`).toHaveLength(0);
    expect(world.gpu.runs).toHaveLength(0);
  },
);

test.each([400, 413, 422])(
  "pictures that are refused with %i end their job at once, and no other has to wait",
  async (status) => {
    const { world, discarded, whenBringing } = await bringing();
    const [refused, other] = await severalJobs(world, 2);
    if (refused === undefined || other === undefined) throw new Error("no jobs");
    whenBringing(() => Promise.reject(new GpuUnavailable("no", { status })));
    await world.reconcile(refused);
    expect(await world.job(refused)).toMatchObject({
      status: "failed",
      error: { code: "GPU_FAILED" },
      refundedCredits: 3,
    });
    expect(discarded).toHaveLength(1);
    expect(world.log.find(({ event }) => event === "attempt.pictures-not-brought")?.level).toBe(
      "error",
    );
    whenBringing(() => Promise.resolve());
    await world.reconcile(other);
    expect(world.gpu.runs).toHaveLength(1);
  },
);

test("the longer nothing can be brought, the rarer it is tried", async () => {
  const { world, brought, whenBringing } = await bringing();
  whenBringing(() => Promise.reject(new GpuUnavailable("away", { status: 503 })));
  await world.createJob();
  for (let second = 0; second < 600; second += 1) {
    await world.driveDue();
    world.clock.advance(1_000);
  }
  expect(brought.length).toBeGreaterThan(10);
  expect(brought.length).toBeLessThan(25);
  whenBringing(() => Promise.resolve());
  for (let second = 0; second < 70; second += 1) {
    await world.driveDue();
    world.clock.advance(1_000);
  }
  expect(world.gpu.runs).toHaveLength(1);
});

test("once an hour every side is asked to sweep what is a day old", async () => {
  const { world, swept } = await bringing();
  const counts: number[] = [];
  for (let minute = 0; minute < 120; minute += 1) {
    counts.push(await sweepLeftovers(world.services));
    world.clock.advance(60_000);
  }
  expect(counts.filter((count) => count === 3)).toHaveLength(2);
  expect(swept).toHaveLength(2);
});
