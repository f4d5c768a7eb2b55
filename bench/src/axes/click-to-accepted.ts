import { setTimeout as pause } from "node:timers/promises";
import { createStudioClient } from "@ob/api/client";
import { z } from "zod";
import { spawnChild } from "../children/spawn-child.ts";
import { startProvider } from "../provider/start-provider.ts";
import { atMost, type AxisReport } from "../report/axis-report.ts";
import { latencyFigure } from "../report/latency-figure.ts";
import { keepSteadySamples, summarize } from "../statistics.ts";
import { editRequest } from "../world/edit-request.ts";
import { type Guest, inBatches, openGuest } from "../world/open-guest.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { writeFloor } from "../write-floor.ts";
import { type AxisContext, sized } from "./axis-context.ts";

/** A guest may create 120 jobs a minute. */
const JOBS_PER_GUEST = 60;
const SETTLE_MS = 10;

/** Axis 2: click → the job is accepted, its credits held, durably. */
export async function measureClickToAccepted(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const databaseUrl = await ctx.cluster.createDatabase("clicks");
  // Jobs wait at the provider until the end: what follows the click is in no figure.
  const provider = await startProvider({ gpuMs: null, limited: false });
  const gpuUrl = provider.baseUrl;
  const studio = await startStudio({ databaseUrl, gpuUrl, maxInFlight: 1_000, skipsPixels: true });
  const peer = spawnChild("no-database.ts");
  try {
    const { port } = await peer.ask("start", {}, z.object({ port: z.number() }));
    const peerClient = createStudioClient({ url: `http://localhost:${port}` });
    const count = sized(ctx, { full: 400, quick: 15 });
    const guests = await inBatches({ count: Math.ceil(count / JOBS_PER_GUEST), atOnce: 2 }, () =>
      openGuest(studio.url),
    );
    const samples = [];
    for (let n = -5; n < count; n += 1) {
      const guest = guests[Math.floor(Math.max(n, 0) / JOBS_PER_GUEST)];
      if (guest === undefined) throw new Error("too few guests");
      const floorMs = await writeFloor(studio.connection.sql);
      const peerMs = await timed(() => click(peerClient, guest));
      const arriving = provider.nextRun();
      const oursMs = await timed(() => click(guest.client, guest));
      // Its submit is under way: the next sample begins when that is over.
      const run = await arriving;
      await pause(SETTLE_MS);
      provider.complete(run);
      if (n >= 0) samples.push({ floorMs, peerMs, oursMs });
    }
    await letAllEnd(studio, ctx);
    const steady = keepSteadySamples(samples, ({ floorMs }) => floorMs);
    const floor = summarize(steady.kept.map((sample) => sample.floorMs));
    const peerLatency = summarize(steady.kept.map((sample) => sample.peerMs));
    const ours = summarize(steady.kept.map((sample) => sample.oursMs));
    return {
      axis: "2",
      title: "click → job accepted",
      figures: [
        latencyFigure("one durable insert", "floor", floor),
        latencyFigure("the same tRPC call without a database", "peer", peerLatency),
        latencyFigure("jobs.create over HTTP", "ours", ours),
      ],
      goals: [
        atMost("ours p50 / insert p50", ours.p50 / floor.p50, 8),
        atMost("ours p50 / no-database call p50", ours.p50 / peerLatency.p50, 2),
      ],
      audits: [await studio.audit("jobs created over HTTP")],
      notes: [
        "ours: session, origin and rate checked, request id looked up, priced, planned, held and committed",
        "peer: Hono, tRPC and zod with the same input and an answer of the same size; nobody is authenticated",
      ],
      dropped: steady.dropped,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await peer.stop();
    await studio.stop();
    await provider.stop();
  }
}

async function timed(once: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await once();
  return performance.now() - startedMs;
}

function click(client: Guest["client"], { imageAssetId }: Guest): Promise<unknown> {
  return client.trpc.jobs.create.mutate(editRequest({ imageAssetId }));
}

/** Lets every job end, found by polling, so that the audit judges ended ones. */
async function letAllEnd(studio: Studio, ctx: AxisContext): Promise<void> {
  ctx.say("clicks: waiting until every job has ended");
  const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
  await waitUntil("all jobs ended", { withinMs: 60_000, isTrue });
}
