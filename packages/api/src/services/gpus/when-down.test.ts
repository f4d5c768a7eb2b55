import { expect, test } from "vitest";
import { AppError } from "../../domain/app-error.ts";
import { setup, newJob, type World } from "../../testing/index.ts";
import { createDriving } from "../../testing/driving.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createJob } from "../jobs/create-job.ts";
import { getJob } from "../jobs/get-job.ts";
import { quoteJob } from "../jobs/quote-job.ts";
import { retryJob } from "../jobs/retry-job.ts";
import type { CallerContext } from "../context.ts";
import { createGpuFleet, type GpuFleet } from "./gpu-fleet.ts";

const never = new AbortController().signal;

/** The GPU side falls silent, and the fleet has seen it. */
async function fallSilent(world: World, fleet: GpuFleet = world.services.gpus): Promise<void> {
  world.gpu.speak("unavailable");
  const { backend } = fleet.side(world.gpu.name);
  for (let n = 0; n < 3; n += 1) await backend.report("x", never).catch(() => {});
  expect(fleet.isDown(world.gpu.name)).toBe(true);
}

async function refusalOf(asking: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error(`no refusal: ${String(thrown)}`);
  return thrown;
}

/** The same world, whose service takes jobs while its GPU side is down. */
function holding(world: World): { caller: CallerContext; fleet: GpuFleet } {
  const { gpu, clock } = world;
  const fleet = createGpuFleet({ backends: [gpu], now: clock.now, whenDown: "hold" });
  return { fleet, caller: { ...world.caller, services: { ...world.services, gpus: fleet } } };
}

test("while its GPU side is down a new job is refused before anything is held, a replay is answered, a quote is given", async () => {
  const world = await setup();
  const { caller, imageAssetId } = world;
  const asked = newJob({ imageAssetId });
  const first = await createJob(caller, asked);
  await cancelJob(caller, { jobId: first.id });
  const balance = await world.balance();
  await fallSilent(world);

  const refused = await refusalOf(createJob(caller, newJob({ imageAssetId })));
  expect(refused).toMatchObject({ code: "GPU_UNAVAILABLE", retryAfterSeconds: 2 });
  const retry = { jobId: first.id, requestId: crypto.randomUUID() };
  expect(await refusalOf(retryJob(caller, retry))).toMatchObject({ code: "GPU_UNAVAILABLE" });
  expect(await world.balance()).toEqual(balance);
  const [count] = await world.sql`select count(*)::int as jobs from jobs`;
  expect(count?.["jobs"]).toBe(1);

  expect(await createJob(caller, asked)).toEqual(first);
  const { service, input } = asked;
  expect(await quoteJob(caller, { service, input })).toMatchObject({ credits: 3 });

  world.gpu.speak("clear");
  await world.services.gpus.side(world.gpu.name).probe(never);
  // The same request that was refused is a new one: refusals are not kept.
  expect(await retryJob(caller, retry)).toMatchObject({ status: "queued", retryOf: first.id });
});

test("told to hold, it takes the job, says that nobody knows how long, and starts it by itself", async () => {
  const world = await setup();
  const { caller, fleet } = holding(world);
  const { driveDue } = createDriving({ ...world.services, gpus: fleet });
  await fallSilent(world, fleet);
  const job = await createJob(caller, newJob({ imageAssetId: world.imageAssetId }));
  expect(job).toMatchObject({ status: "queued", stage: "waiting", etaSeconds: null });
  expect(await world.balance()).toEqual({ available: 17, held: 3 });

  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      world.clock.advance(1_000);
      await driveDue();
    }
  };
  await pass(120_000);
  const shown = () => getJob(caller, { jobId: job.id });
  expect(await shown()).toMatchObject({ status: "queued", stage: "waiting", etaSeconds: null });
  expect(world.gpu.runs).toHaveLength(0);
  expect(world.log.filter(({ event }) => event === "attempt.submitting")).toHaveLength(0);

  world.gpu.speak("clear");
  await pass(16_000);
  expect(world.gpu.runs).toHaveLength(1);
  expect((await shown()).etaSeconds).not.toBeNull();
});
