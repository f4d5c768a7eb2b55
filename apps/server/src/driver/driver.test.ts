import { appRouter, createGpuFleet, type DriveRows, type Job, type ServiceContext } from "@ob/api";
import { newJob, setup, type World } from "@ob/api/testing";
import { createRunpodClient, type GpuBackend } from "@ob/runpod";
import { startSimulator } from "@ob/runpod/simulator";
import { isTrackedEnvelope } from "@trpc/server";
import { expect, onTestFinished, test } from "vitest";
import { createDoorbell } from "./doorbell.ts";
import { createDriver, type Driver } from "./driver.ts";

const HOUR_MS = 3_600_000;
const DRAIN_MS = 20_000;

async function startGpu(options: { gpuMs?: number } = {}): Promise<GpuBackend & { url: string }> {
  const simulator = await startSimulator({
    port: 0,
    gpuMs: options.gpuMs ?? 60,
    queueMs: 5,
    workers: 4,
    seed: 1,
  });
  onTestFinished(() => simulator.stop());
  const client = createRunpodClient({
    baseUrl: `${simulator.url}/v2`,
    endpointId: "test",
    apiKey: "key",
    httpTimeoutMs: 30_000,
    fetch,
  });
  return { ...client, url: simulator.url };
}

/** A world with a moving clock and a GPU behind real HTTP; the driver is the only one that polls. */
async function startWorld(
  gpu: GpuBackend,
  settings: Partial<World["services"]["gpuSettings"]> = {},
) {
  return setup({
    gpu,
    credits: 60,
    imaging: "real",
    poolSize: 6,
    clock: { now: () => new Date(), advance: () => {} },
    gpuSettings: {
      firstPollMs: 20,
      watchedPollMs: 20,
      unwatchedPollMs: 20,
      backoffMs: 20,
      leaseRenewMs: 200,
      ...settings,
    },
  });
}

interface Replica {
  readonly driver: Driver;
  readonly api: ReturnType<typeof appRouter.createCaller>;
}

async function startReplica(
  world: Pick<World, "services" | "caller" | "url">,
  options: { intervalMs?: number; services?: Partial<ServiceContext> } = {},
): Promise<Replica> {
  const { sql, log } = world.services;
  const doorbell = await createDoorbell({ url: world.url, sql, log });
  const services: ServiceContext = {
    ...world.services,
    doorbell,
    driveSoon: (jobId) => driver.driveSoon(jobId),
    ...options.services,
  };
  const driver = createDriver(services, {
    intervalMs: options.intervalMs ?? 50,
    concurrency: 8,
    replicaId: services.newId(),
  });
  driver.start();
  onTestFinished(async () => {
    await driver.drain(DRAIN_MS);
    await doorbell.close();
  });
  const { ownerId } = world.caller;
  const context = { services, ownerId, requestId: "test", origin: "http://studio.test" };
  return { driver, api: appRouter.createCaller(context) };
}

/** In one process tRPC hands over its own envelope, not what it looks like on the wire. */
function jobOf(event: unknown): Job {
  if (!isTrackedEnvelope<Job>(event)) throw new Error("not a tracked value");
  return event[1];
}

/** Follows a job's live stream to its end. */
async function untilEnd(replica: Replica, jobId: string): Promise<Job> {
  let last: Job | null = null;
  for await (const event of await replica.api.jobs.onUpdate({ jobId })) last = jobOf(event);
  if (last === null) throw new Error("the stream told nothing");
  return last;
}

async function runsOf(gpu: { url: string }): Promise<{ filePrefix: string }[]> {
  const answer = await fetch(`${gpu.url}/control/jobs`);
  const runs: { filePrefix: string }[] = JSON.parse(await answer.text());
  return runs;
}

test("a job goes through a real queue to a picture, and its stream sees it live", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu);
  const replica = await startReplica(world);
  const { imageAssetId, maskAssetId } = world;
  const job = await replica.api.jobs.create(newJob({ imageAssetId, maskAssetId }));
  const done = await untilEnd(replica, job.id);
  expect(done).toMatchObject({ status: "done", error: null });
  expect(done.result).toMatchObject({ width: 96, height: 64 });
  expect(done.result?.fidelity.changedOutsideMask).toBe(0);
  expect(await replica.api.credits.balance()).toEqual({ available: 57, held: 0 });
});

test("a new job is driven at once, not when the claim loop comes round", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu);
  const replica = await startReplica(world, { intervalMs: HOUR_MS });
  const job = await replica.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  expect(await untilEnd(replica, job.id)).toMatchObject({ status: "done" });
});

test("a wish made while its job is being driven is carried out at once", async () => {
  const gpu = await startGpu({ gpuMs: HOUR_MS });
  const world = await startWorld(gpu, { firstPollMs: HOUR_MS, watchedPollMs: HOUR_MS });
  const sending = Promise.withResolvers<void>();
  const wished = Promise.withResolvers<void>();
  const held: GpuBackend = {
    ...gpu,
    submit: async (attempt, options) => {
      sending.resolve();
      await wished.promise;
      return gpu.submit(attempt, options);
    },
  };
  const replica = await startReplica(world, {
    intervalMs: HOUR_MS,
    services: { gpus: createGpuFleet({ backends: [held] }) },
  });
  const { id: jobId } = await replica.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  const end = untilEnd(replica, jobId);
  await sending.promise;
  expect(await replica.api.jobs.cancel({ jobId })).toMatchObject({ cancelRequested: true });
  wished.resolve();
  expect(await end).toMatchObject({ status: "cancelled" });
});

test("two replicas drive each job once, and a stream of one hears of jobs of the other", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu);
  const [one, two] = [await startReplica(world), await startReplica(world)];
  const { imageAssetId } = world;
  const made = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      (n % 2 === 0 ? one : two).api.jobs.create(newJob({ imageAssetId })),
    ),
  );
  const ends = await Promise.all(made.map(({ id }, n) => untilEnd(n % 2 === 0 ? two : one, id)));
  expect(ends.map(({ status }) => status)).toEqual(made.map(() => "done"));
  expect(await runsOf(gpu)).toHaveLength(6);
  expect(await one.api.credits.balance()).toEqual({ available: 42, held: 0 });
});

test("what a drained replica leaves another finishes", async () => {
  const gpu = await startGpu({ gpuMs: 300 });
  const world = await startWorld(gpu);
  const leaving = await startReplica(world);
  const job = await leaving.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  for await (const event of await leaving.api.jobs.onUpdate({ jobId: job.id })) {
    const { stage, finishedAt } = jobOf(event);
    if (stage === "waiting" && (await runsOf(gpu)).length === 1) break;
    if (finishedAt !== null) break;
  }
  await leaving.driver.drain(DRAIN_MS);
  const leases = await world.sql`select lease_owner from jobs where lease_owner is not null`;
  expect(leases).toHaveLength(0);
  const staying = await startReplica(world);
  expect(await untilEnd(staying, job.id)).toMatchObject({ status: "done" });
  expect(await runsOf(gpu)).toHaveLength(1);
});

test("a drained driver claims nothing more", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu);
  const replica = await startReplica(world);
  await replica.driver.drain(DRAIN_MS);
  const job = await replica.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  replica.driver.driveSoon(job.id);
  await replica.driver.drain(DRAIN_MS);
  expect(await replica.api.jobs.get({ jobId: job.id })).toMatchObject({ stage: "waiting" });
  expect(await runsOf(gpu)).toHaveLength(0);
});

test("a step that breaks is logged and tried again later", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu);
  let breaks = 2;
  const store = {
    ...world.store,
    get: (key: string) => {
      breaks -= 1;
      if (breaks >= 0) throw new Error("the disk is away");
      return world.store.get(key);
    },
  };
  const replica = await startReplica(world, { services: { store } });
  const job = await replica.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  expect(await untilEnd(replica, job.id)).toMatchObject({ status: "done" });
  expect(world.log.filter(({ event }) => event === "driver.step-failed")).toHaveLength(2);
});

test("a driver that loses its lease in the middle of a step stops, and the job ends all the same", async () => {
  const gpu = await startGpu();
  const world = await startWorld(gpu, { leaseRenewMs: 20 });
  const taken = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  let first = true;
  const stuck = {
    ...world.services.imaging,
    prepareInputs: async (request: Parameters<typeof world.services.imaging.prepareInputs>[0]) => {
      if (first) {
        first = false;
        await world.sql`update jobs set lease_owner = 'another', lease_until = now() - interval '1 s'`;
        taken.resolve();
        await held.promise;
      }
      return world.services.imaging.prepareInputs(request);
    },
  };
  const renewals = tellRenewals(world.services.rows);
  const slow = await startReplica(world, {
    // It has its one look, and never comes round to claim the job again.
    intervalMs: HOUR_MS,
    services: { imaging: stuck, rows: renewals.rows },
  });
  const job = await slow.api.jobs.create(newJob({ imageAssetId: world.imageAssetId }));
  await taken.promise;
  await renewals.another();
  const quick = await startReplica(world);
  expect(await untilEnd(quick, job.id)).toMatchObject({ status: "done" });
  held.resolve();
  await slow.driver.drain(DRAIN_MS);
  expect(world.log.filter(({ event }) => event === "driver.lease-lost")).toHaveLength(1);
  expect(await runsOf(gpu)).toHaveLength(1);
});

/** Rows that tell of renewed leases. */
function tellRenewals(rows: DriveRows) {
  let begun = 0;
  let onEnd: (n: number) => void = () => {};
  const watched: DriveRows = {
    ...rows,
    async renewLease(lease) {
      begun += 1;
      const n = begun;
      const renewed = await rows.renewLease(lease);
      onEnd(n);
      return renewed;
    },
  };
  return {
    rows: watched,
    /** Resolves when a renewal has ended that had not begun yet. */
    another(): Promise<void> {
      const before = begun;
      return new Promise((resolve) => {
        onEnd = (n) => {
          if (n > before) resolve();
        };
      });
    },
  };
}
