import { setTimeout as pause } from "node:timers/promises";
import { appRouter } from "@ob/api";
import { RUNPOD_LIMITS } from "../provider/limits.ts";
import { startProvider } from "../provider/start-provider.ts";
import { atLeast, atMost, type AxisReport } from "../report/axis-report.ts";
import { percentile } from "../statistics.ts";
import { editRequest } from "../world/edit-request.ts";
import { createInstantGpu } from "../world/instant-gpu.ts";
import { inBatches, openGuest } from "../world/open-guest.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { openServices } from "../world/open-services.ts";
import { ownerOfAsset } from "../world/owner-of-asset.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { type AxisContext, sized } from "./axis-context.ts";

/** RunPod's limit as a rate. */
const LIMIT_PER_SECOND = RUNPOD_LIMITS.run.most / (RUNPOD_LIMITS.run.windowMs / 1_000);
/** A guest may create 120 jobs a minute. */
const JOBS_PER_GUEST = 100;
/** Workers enough for twice the limit. */
const GPU_MS = 1_000;
const IN_FLIGHT = 200;

/** Axis 11: the backlog of an outage drains at the rate RunPod allows, and never above it. */
export async function measureBacklogDrain(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const provider = await startProvider({ gpuMs: GPU_MS, limited: true });
  const studio = await startStudio({
    databaseUrl: await ctx.cluster.createDatabase("backlog"),
    gpuUrl: provider.baseUrl,
    maxInFlight: IN_FLIGHT,
    skipsPixels: true,
  });
  try {
    await provider.leave();
    const jobs = sized(ctx, { full: 3_000, quick: 150 });
    await fillBacklog(studio, jobs);
    ctx.say(`backlog: ${jobs} jobs wait; the provider is back`);
    await provider.comeBack();
    const backAtMs = performance.now();
    await waitForSubmits(ctx, { count: jobs, submitted: () => provider.acceptedAtMs.length });
    const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
    await waitUntil("all jobs ended", { withinMs: 120_000, isTrue });
    const endedMs = performance.now() - backAtMs;
    const steadyPerSecond = rateBetween(provider.acceptedAtMs, { from: 0.1, to: 0.9 });
    const firstMs = (provider.acceptedAtMs[0] ?? Number.NaN) - backAtMs;
    const { run, status, cancel } = provider.turnstiles;
    const refused = run.refused + status.refused + cancel.refused;
    return {
      axis: "11",
      title: "backlog after an outage",
      figures: [
        { name: "RunPod's limit", role: "ceiling", values: { perSecond: LIMIT_PER_SECOND } },
        {
          name: "submits while the backlog drains",
          role: "ours",
          values: {
            perSecond: steadyPerSecond,
            jobs,
            firstAfterMs: firstMs,
            allEndedAfterMs: endedMs,
            answered429: refused,
            mostRunsAtOnce: run.mostAtOnce,
            mostStatusAtOnce: status.mostAtOnce,
          },
        },
      ],
      goals: [
        atLeast("submits per second / RunPod's limit", steadyPerSecond / LIMIT_PER_SECOND, 0.95),
        atMost("answers 429", refused, 0),
      ],
      audits: [await studio.audit("the backlog")],
      notes: [
        "rate: between the first and the last tenth of all submits; one replica, runs take 1 s at the provider",
        "no pixels are worked on: with them, working copies and results (two cores) would be the limit, not the driver",
        ...Object.entries(await studio.troubles()).map(([event, n]) => `logged ${event} ${n}×`),
      ],
      dropped: 0,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await studio.stop();
    await provider.stop();
  }
}

/** Creates jobs as if through another replica, while the provider is away. */
async function fillBacklog(studio: Studio, count: number): Promise<void> {
  const guests = await inBatches({ count: Math.ceil(count / JOBS_PER_GUEST), atOnce: 2 }, () =>
    openGuest(studio.url),
  );
  const local = openServices({
    databaseUrl: studio.databaseUrl,
    gpu: { ...createInstantGpu(), name: "runpod:bench" },
    poolSize: 4,
    onTrouble: () => {},
  });
  const callers = await Promise.all(
    guests.map(async ({ imageAssetId }) => {
      const ownerId = await ownerOfAsset(studio.connection.db, imageAssetId);
      const context = { services: local.ctx, ownerId, requestId: "bench", origin: studio.url };
      return { caller: appRouter.createCaller(context), imageAssetId };
    }),
  );
  await inBatches({ count, atOnce: 8 }, async (n) => {
    const person = callers[n % callers.length];
    if (person === undefined) throw new Error("nobody is there");
    await person.caller.jobs.create(editRequest({ imageAssetId: person.imageAssetId }));
  });
  await local.close();
}

/** @throws {Error} when nothing was submitted for half a minute */
async function waitForSubmits(
  ctx: AxisContext,
  { count, submitted }: { count: number; submitted: () => number },
): Promise<void> {
  let seen = 0;
  let changedAtMs = performance.now();
  while (submitted() < count) {
    await pause(1_000);
    if (submitted() !== seen) changedAtMs = performance.now();
    seen = submitted();
    ctx.say(`backlog: ${seen} of ${count}`);
    if (performance.now() - changedAtMs > 90_000) throw new Error("the backlog does not drain");
  }
}

/** Events per second between two shares of all of them. */
function rateBetween(atMs: readonly number[], { from, to }: { from: number; to: number }): number {
  const [start, end] = [percentile(atMs, from), percentile(atMs, to)];
  return (atMs.length * (to - from) * 1_000) / (end - start);
}
