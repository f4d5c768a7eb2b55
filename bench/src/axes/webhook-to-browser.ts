import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "@ob/api";
import { z } from "zod";
import { type Provider, startProvider } from "../provider/start-provider.ts";
import type { ProviderRun } from "../provider/provider-run.ts";
import { openSubscribers } from "../children/open-subscribers.ts";
import { atMost, type AxisReport, type Figure, type Goal } from "../report/axis-report.ts";
import { latencyFigure } from "../report/latency-figure.ts";
import { keepSteadySamples, type Latencies, summarize } from "../statistics.ts";
import { editRequest } from "../world/edit-request.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { type Guest, inBatches, openGuest } from "../world/open-guest.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { writeFloor } from "../write-floor.ts";
import { type AxisContext, sized } from "./axis-context.ts";

const POLL_MS = 500;
/** A guest may create 120 jobs a minute. */
const JOBS_PER_GUEST = 60;
const IDLE_SUBSCRIBERS = 1_000;
/** Every so many samples also wait for the poller, which takes half a second at most. */
const POLLED_EVERY = 4;

/** One webhook, and how long everybody took to hear of it, ms. */
interface Sample {
  readonly floorMs: number;
  /** The state that the webhook brought, `storing`, at the subscriber. */
  readonly shownMs: number;
  /** The delivered picture at the subscriber. */
  readonly doneMs: number;
  /** The poller's first answer that shows either; null = not asked this time. */
  readonly polledMs: number | null;
}

/** Axis 1: a webhook arrives, the browser shows it. */
export async function measureWebhookToBrowser(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const databaseUrl = await ctx.cluster.createDatabase("webhooks");
  const provider = await startProvider({ gpuMs: null, limited: false });
  const studio = await startStudio({
    databaseUrl,
    gpuUrl: provider.baseUrl,
    maxInFlight: 100,
    skipsPixels: true,
  });
  try {
    const samples = sized(ctx, { full: 300, quick: 12 });
    const alone = await takeSamples(ctx, { studio, provider, samples });
    const idle = sized(ctx, { full: IDLE_SUBSCRIBERS, quick: 20 });
    ctx.say(`webhooks: ${idle} idle subscribers`);
    const crowd = await openSubscribers(studio.url, idle);
    const beside = await takeSamples(ctx, { studio, provider, samples });
    await crowd.stop();
    const [quiet, busy] = [toFigures(alone.kept, ""), toFigures(beside.kept, `, ${idle} idle`)];
    return {
      axis: "1",
      title: "webhook arrives → the browser shows it",
      figures: [...quiet.figures, ...busy.figures],
      goals: [...quiet.goals, ...busy.goals],
      audits: [await studio.audit("jobs rung for by webhook")],
      notes: [
        "shown: the state `storing` that the webhook brings; delivered: the picture itself, fetched, stored (fsync) and captured",
        "real server in its own process, real SSE through the typed client; the provider answers at once; no pixels are worked on",
        ...Object.entries(await studio.troubles()).map(([event, n]) => `logged ${event} ${n}×`),
      ],
      dropped: alone.dropped + beside.dropped,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await studio.stop();
    await provider.stop();
  }
}

interface Sampling {
  readonly studio: Studio;
  readonly provider: Provider;
  readonly samples: number;
}

async function takeSamples(ctx: AxisContext, { studio, provider, samples }: Sampling) {
  const guests = await inBatches({ count: Math.ceil(samples / JOBS_PER_GUEST), atOnce: 2 }, () =>
    openGuest(studio.url),
  );
  const taken: Sample[] = [];
  for (let n = -3; n < samples; n += 1) {
    const guest = guests[Math.floor(Math.max(n, 0) / JOBS_PER_GUEST)];
    if (guest === undefined) throw new Error("too few guests");
    const isPolled = n >= 0 && n % POLLED_EVERY === 0;
    const sample = await takeSample({ studio, provider, guest, isPolled });
    // The first ones warm up.
    if (n >= 0) taken.push(sample);
    if (n > 0 && n % 100 === 0) ctx.say(`webhooks: ${n} of ${samples}`);
  }
  const withinMs = 30_000;
  const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
  await waitUntil("all jobs ended", { withinMs, isTrue });
  return keepSteadySamples(taken, ({ floorMs }) => floorMs);
}

async function takeSample(o: {
  readonly studio: Studio;
  readonly provider: Provider;
  readonly guest: Guest;
  readonly isPolled: boolean;
}): Promise<Sample> {
  const { studio, provider, guest } = o;
  const floorMs = await writeFloor(studio.connection.sql);
  const arriving = provider.nextRun();
  const job = await guest.client.trpc.jobs.create.mutate(
    editRequest({ imageAssetId: guest.imageAssetId }),
  );
  const shown = follow(guest, job.id);
  const run = await arriving;
  await shown.waiting;
  const poller = o.isPolled ? poll(guest, job.id) : null;
  // Anywhere in the poller's period; and what creating the job set going has settled.
  await pause(o.isPolled ? Math.random() * POLL_MS : 5);
  const rungAtMs = performance.now();
  await ringFor(provider, run);
  const [shownAtMs, doneAtMs, polledAtMs] = await Promise.all([
    shown.storing,
    shown.done,
    poller ?? null,
  ]);
  return {
    floorMs,
    shownMs: shownAtMs - rungAtMs,
    doneMs: doneAtMs - rungAtMs,
    polledMs: polledAtMs === null ? null : polledAtMs - rungAtMs,
  };
}

async function ringFor(provider: Provider, run: ProviderRun): Promise<void> {
  provider.complete(run);
  const status = await provider.ring(run);
  if (status !== 200) throw new Error(`the webhook was answered ${status}`);
}

/** Follows a job by the typed client's stream; each promise resolves to a moment. */
function follow(guest: Guest, jobId: string) {
  const waiting = Promise.withResolvers<number>();
  const storing = Promise.withResolvers<number>();
  const done = Promise.withResolvers<number>();
  const show = (job: Job) => {
    const atMs = performance.now();
    if (job.stage === "waiting") waiting.resolve(atMs);
    if (job.status === "storing" || job.status === "done") storing.resolve(atMs);
    if (job.status === "done") done.resolve(atMs);
    if (job.status === "failed") done.reject(new Error(`job ${jobId} failed: ${job.error?.code}`));
  };
  void (async () => {
    for await (const job of guest.client.watch(jobId)) show(job);
  })().catch(done.reject);
  return { waiting: waiting.promise, storing: storing.promise, done: done.promise };
}

/** The peer: what fal's and Replicate's clients do. @returns when it first saw that the run had ended */
async function poll(guest: Guest, jobId: string): Promise<number> {
  for (;;) {
    const job = await guest.client.trpc.jobs.get.query({ jobId });
    if (job.status === "storing" || job.status === "done") return performance.now();
    await pause(POLL_MS);
  }
}

function toFigures(
  samples: readonly Sample[],
  where: string,
): { figures: Figure[]; goals: Goal[] } {
  const floor = summarize(samples.map(({ floorMs }) => floorMs));
  const shown = summarize(samples.map(({ shownMs }) => shownMs));
  const done = summarize(samples.map(({ doneMs }) => doneMs));
  const polled: Latencies = summarize(
    z.array(z.number()).parse(samples.map(({ polledMs }) => polledMs).filter((ms) => ms !== null)),
  );
  return {
    figures: [
      latencyFigure(`one durable insert${where}`, "floor", floor),
      latencyFigure(`webhook → shown${where}`, "ours", shown),
      latencyFigure(`webhook → delivered${where}`, "ours", done),
      latencyFigure(`500 ms poller${where}`, "peer", polled),
    ],
    goals: [
      atMost(`shown p50 / insert p50${where}`, shown.p50 / floor.p50, 6),
      atMost(`shown p99 / insert p50${where}`, shown.p99 / floor.p50, 15),
      atMost(`shown p50 / poller p50${where}`, shown.p50 / polled.p50, 1 / 50),
    ],
  };
}
