import { setTimeout as pause } from "node:timers/promises";
import { appRouter } from "@ob/api";
import { z } from "zod";
import { type Child, spawnChild } from "../children/spawn-child.ts";
import { type Provider, startProvider } from "../provider/start-provider.ts";
import { atMost, type AxisReport } from "../report/axis-report.ts";
import { latencyFigure } from "../report/latency-figure.ts";
import { keepSteadySamples, summarize } from "../statistics.ts";
import { editRequest } from "../world/edit-request.ts";
import { createInstantGpu } from "../world/instant-gpu.ts";
import { type Guest, inBatches, openGuest } from "../world/open-guest.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { openServices } from "../world/open-services.ts";
import { ownerOfAsset } from "../world/owner-of-asset.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { writeFloor } from "../write-floor.ts";
import { type AxisContext, sized } from "./axis-context.ts";

const JOBS_PER_GUEST = 60;
const NS_PER_MS = 1_000_000;
/** How often each replica looks for due jobs of others. */
const POLL_MS = 1_000;
const SETTLE_MS = 10;

const Stamp = z.object({ ns: z.string() });

interface World {
  readonly provider: Provider;
  readonly studio: Studio;
  readonly peers: Child;
}

/** Axis 3: the commit of a job → the first byte of its submit at RunPod. */
export async function measureCommitToProvider(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const world = await openWorld(ctx);
  const { studio, provider, peers } = world;
  try {
    const samples = await takeSamples(ctx, world);
    const boss = await takePeers(world, { peer: "boss", count: sized(ctx, { full: 6, quick: 1 }) });
    const cut = await takeOrphans(world, sized(ctx, { full: 20, quick: 3 }));
    const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
    await waitUntil("all jobs ended", { withinMs: 60_000, isTrue });
    const steady = keepSteadySamples(samples, ({ floorMs }) => floorMs);
    const of = (pick: (sample: Sample) => number) => summarize(steady.kept.map(pick));
    const ours = of(({ oursMs }) => oursMs);
    const graphile = of(({ graphileMs }) => graphileMs);
    const tuned = of(({ tunedMs }) => tunedMs);
    const orphans = summarize(cut);
    return {
      axis: "3",
      title: "commit of a job → first byte to RunPod",
      figures: [
        latencyFigure(
          "one durable insert",
          "floor",
          of(({ floorMs }) => floorMs),
        ),
        latencyFigure("graphile-worker 0.18", "peer", graphile),
        latencyFigure("pg-boss 12, tuned with notify", "peer", tuned),
        latencyFigure("pg-boss 12, default", "peer", summarize(boss)),
        latencyFigure("ours, by the creating process", "ours", ours),
        latencyFigure("ours, by another replica, LISTEN cut", "ours", orphans),
      ],
      goals: [
        atMost("ours p50 / graphile-worker p50", ours.p50 / graphile.p50, 0.6),
        atMost("ours p99 / tuned pg-boss p99", ours.p99 / tuned.p99, 1),
        atMost("by another replica, longest, ms", orphans.max, POLL_MS + 50),
      ],
      audits: [await studio.audit("jobs driven to the provider")],
      notes: [
        "the peers run an empty job that sends a submit of 80 bytes; ours claims, counts slots, loads, binds the graph, commits the intent, then sends",
        "by another replica: committed by a process that drives nothing; connections that LISTEN are ended before each. Found by the claim loop, which needs no LISTEN",
      ],
      dropped: steady.dropped,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await peers.stop();
    await studio.stop();
    await provider.stop();
  }
}

async function openWorld({ cluster }: AxisContext): Promise<World> {
  const provider = await startProvider({ gpuMs: null, limited: false });
  const studio = await startStudio({
    databaseUrl: await cluster.createDatabase("commits"),
    gpuUrl: provider.baseUrl,
    maxInFlight: 1_000,
    skipsPixels: true,
  });
  const peers = spawnChild("queue-peers.ts");
  const graphileUrl = await cluster.createDatabase("graphile");
  const bossUrl = await cluster.createDatabase("boss");
  const runUrl = `${provider.baseUrl}/bench/run`;
  await peers.ask("start", { graphileUrl, bossUrl, runUrl }, z.object({}));
  return { provider, studio, peers };
}

interface Sample {
  readonly floorMs: number;
  readonly graphileMs: number;
  readonly tunedMs: number;
  readonly oursMs: number;
}

async function takeSamples(ctx: AxisContext, world: World): Promise<Sample[]> {
  const { studio } = world;
  const count = sized(ctx, { full: 300, quick: 12 });
  const guests = await inBatches({ count: Math.ceil(count / JOBS_PER_GUEST), atOnce: 2 }, () =>
    openGuest(studio.url),
  );
  const samples: Sample[] = [];
  for (let n = -5; n < count; n += 1) {
    const guest = guests[Math.floor(Math.max(n, 0) / JOBS_PER_GUEST)];
    if (guest === undefined) throw new Error("too few guests");
    const floorMs = await writeFloor(studio.connection.sql);
    const [graphileMs = NaN] = await takePeers(world, { peer: "graphile", count: 1 });
    const [tunedMs = NaN] = await takePeers(world, { peer: "boss-tuned", count: 1 });
    const oursMs = await takeOurs(world, guest);
    if (n >= 0) samples.push({ floorMs, graphileMs, tunedMs, oursMs });
    if (n > 0 && n % 100 === 0) ctx.say(`commits: ${n} of ${count}`);
  }
  return samples;
}

async function takePeers(
  { provider, peers }: World,
  { peer, count }: { peer: string; count: number },
): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const arriving = provider.nextRun();
    const { ns } = await peers.ask("add", { peer }, Stamp);
    const { arrivedNs } = await arriving;
    taken.push(Number(arrivedNs - BigInt(ns)) / NS_PER_MS);
    await pause(SETTLE_MS);
  }
  return taken;
}

async function takeOurs({ provider, studio }: World, guest: Guest): Promise<number> {
  const arriving = provider.nextRun();
  const { id } = await guest.client.trpc.jobs.create.mutate(
    editRequest({ imageAssetId: guest.imageAssetId }),
  );
  const run = await arriving;
  const { ns } = await studio.replica.ask("committed", { jobId: id }, Stamp);
  provider.complete(run);
  await provider.ring(run);
  await pause(SETTLE_MS);
  return Number(run.arrivedNs - BigInt(ns)) / NS_PER_MS;
}

/** Jobs whose creating process is gone: committed here, where nothing is driven. */
async function takeOrphans({ provider, studio }: World, count: number): Promise<number[]> {
  const guest = await openGuest(studio.url);
  const { sql, db } = studio.connection;
  const { imageAssetId } = guest;
  const ownerId = await ownerOfAsset(db, imageAssetId);
  const local = openServices({
    databaseUrl: studio.databaseUrl,
    // Names the backend of the replica: it is never asked from here.
    gpu: { ...createInstantGpu(), name: "runpod:bench" },
    poolSize: 1,
    onTrouble: () => {},
  });
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'ob-doorbell' and datname = current_database()`;
    const arriving = provider.nextRun();
    const caller = appRouter.createCaller({
      services: local.ctx,
      ownerId,
      requestId: "bench",
      origin: studio.url,
    });
    await caller.jobs.create(editRequest({ imageAssetId }));
    const committedNs = process.hrtime.bigint();
    const run = await arriving;
    taken.push(Number(run.arrivedNs - committedNs) / NS_PER_MS);
    provider.complete(run);
    await provider.ring(run);
    // Anywhere in the claim loop's period.
    await pause(Math.random() * POLL_MS);
  }
  await local.close();
  return taken;
}
