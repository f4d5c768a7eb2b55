import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { jobApplyV1, sessions, users } from "@ob/db";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { openSubscribersAs } from "../children/open-subscribers.ts";
import { type Child, spawnChild } from "../children/spawn-child.ts";
import { startProvider } from "../provider/start-provider.ts";
import { atMost, type AxisReport, type Figure, type Role } from "../report/axis-report.ts";
import { median, summarize } from "../statistics.ts";
import { addWatchedJob } from "../world/add-watched-job.ts";
import { inBatches, signIn } from "../world/open-guest.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { type AxisContext, sized } from "./axis-context.ts";

const SUBSCRIBERS = 1_000;
const EVENTS_PER_SECOND = 200;
const NS_PER_MS = 1_000_000;
/** What was sent last still has to arrive. */
const ARRIVING_MS = 500;

const Port = z.object({ port: z.number() });
const Memory = z.object({ rssMb: z.number(), heapMb: z.number() });

interface Watcher {
  readonly jobId: string;
  readonly ownerId: string;
  readonly token: string;
}

/** One server that streams, and how it is told of news. */
interface Mode {
  readonly name: string;
  readonly role: Role;
  readonly server: Child;
  readonly streamOf: (watcher: Watcher) => { url: string; token: string | null };
  readonly noticeOf: (watcher: Watcher) => { channel: string; payload: string };
}

interface Round {
  readonly rssKb: number;
  readonly heapKb: number;
  readonly delaysMs: readonly number[];
  readonly lost: number;
}

/** Axis 10: subscribers of one replica, beside raw SSE and a tRPC subscription as documented. */
export async function measureSubscribers(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const databaseUrl = await ctx.cluster.createDatabase("subscribers");
  const provider = await startProvider({ gpuMs: null, limited: false });
  const gpuUrl = provider.baseUrl;
  const studio = await startStudio({ databaseUrl, gpuUrl, maxInFlight: 10, skipsPixels: true });
  const [stock, raw] = [spawnChild("stock-sse.ts"), spawnChild("raw-sse.ts")];
  try {
    const watchers = await addWatchers(ctx, studio);
    const modes = await openModes({ databaseUrl, studio, stock, raw });
    const rounds = new Map<Mode, Round[]>(modes.map((mode) => [mode, []]));
    for (let n = 1; n <= sized(ctx, { full: 3, quick: 1 }); n += 1) {
      for (const mode of modes) {
        ctx.say(`subscribers: round ${n}, ${mode.name}`);
        rounds.get(mode)?.push(await takeRound(ctx, { mode, watchers, studio }));
      }
    }
    const figures = modes.map((mode) => toFigure(mode, rounds.get(mode) ?? []));
    return {
      axis: "10",
      title: `${watchers.length} subscribers on one replica`,
      figures,
      goals: judge(figures),
      audits: [await studio.audit("jobs that were watched")],
      notes: [
        `${EVENTS_PER_SECOND} events a second, each for one random subscriber; from NOTIFY to bytes parsed by the client`,
        "stock: re-reads one row per event; ours re-reads the job as its owner sees it, with queue place, result and ETA",
        "each mode opens and closes its streams anew every round; memory after forced collection, streams over none",
        ...Object.entries(await studio.troubles()).map(([event, n]) => `logged ${event} ${n}×`),
      ],
      dropped: 0,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await Promise.all([stock.stop(), raw.stop(), studio.stop()]);
    await provider.stop();
  }
}

async function addWatchers(ctx: AxisContext, studio: Studio): Promise<Watcher[]> {
  const count = sized(ctx, { full: SUBSCRIBERS, quick: 20 });
  ctx.say(`subscribers: ${count} guests sign in`);
  return inBatches({ count, atOnce: 8 }, async () => {
    const token = await signIn(studio.url);
    const rows = await studio.connection.db
      .select({ ownerId: users.ownerId })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.token, decodeURIComponent(token).split(".")[0] ?? ""));
    const ownerId = rows[0]?.ownerId;
    if (ownerId === undefined) throw new Error("a session without an owner");
    return { token, ownerId, jobId: await addWatchedJob(studio.connection, ownerId) };
  });
}

async function openModes(o: {
  readonly databaseUrl: string;
  readonly studio: Studio;
  readonly stock: Child;
  readonly raw: Child;
}): Promise<Mode[]> {
  const { studio, stock, raw, databaseUrl } = o;
  const rawPort = (await raw.ask("start", { databaseUrl }, Port)).port;
  const stockPort = (await stock.ask("start", { databaseUrl }, Port)).port;
  const trpc = (origin: string, path: string, input: object) =>
    `${origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const plain = ({ jobId }: Watcher) => ({ channel: "bench_news", payload: jobId });
  return [
    {
      name: "raw node SSE",
      role: "floor",
      server: raw,
      streamOf: ({ jobId }) => ({ url: `http://127.0.0.1:${rawPort}/${jobId}`, token: null }),
      noticeOf: plain,
    },
    {
      name: "stock tRPC subscription",
      role: "peer",
      server: stock,
      streamOf: ({ jobId }) => ({
        url: trpc(`http://127.0.0.1:${stockPort}`, "onUpdate", { jobId }),
        token: null,
      }),
      noticeOf: plain,
    },
    {
      name: "ours",
      role: "ours",
      server: studio.replica,
      streamOf: ({ token }) => ({ url: trpc(studio.url, "jobs.onUpdate", {}), token }),
      // As another replica would say it.
      noticeOf: ({ ownerId }) => ({ channel: "ob_owner_news", payload: `bench,${ownerId}` }),
    },
  ];
}

async function takeRound(
  ctx: AxisContext,
  { mode, watchers, studio }: { mode: Mode; watchers: readonly Watcher[]; studio: Studio },
): Promise<Round> {
  const before = await mode.server.ask("memory", {}, Memory);
  const streams = await openSubscribersAs(watchers.map(mode.streamOf));
  await pause(ARRIVING_MS);
  const after = await mode.server.ask("memory", {}, Memory);
  await streams.arrivals();
  const sent = await sendEvents(ctx, { mode, watchers, studio });
  await pause(ARRIVING_MS);
  const arrivals = await streams.arrivals();
  await streams.stop();
  const delays: number[] = [];
  let lost = 0;
  for (const [n, sentNs] of sent) {
    const arrived = (arrivals.get(n) ?? []).find((ns) => ns >= sentNs);
    if (arrived === undefined) lost += 1;
    else delays.push(Number(arrived - sentNs) / NS_PER_MS);
  }
  const each = (mb: number) => (mb * 1_024) / watchers.length;
  return {
    rssKb: each(after.rssMb - before.rssMb),
    heapKb: each(after.heapMb - before.heapMb),
    delaysMs: delays,
    lost,
  };
}

/** Sends each subscriber at most one event. @returns when, ns, by subscriber */
async function sendEvents(
  ctx: AxisContext,
  { mode, watchers, studio }: { mode: Mode; watchers: readonly Watcher[]; studio: Studio },
): Promise<Map<number, bigint>> {
  const { sql } = studio.connection;
  const sent = new Map<number, bigint>();
  const count = Math.min(watchers.length, sized(ctx, { full: 800, quick: 15 }));
  const order = watchers.map((watcher, n) => ({ watcher, n, at: Math.random() }));
  const startedMs = performance.now();
  const running: Promise<void>[] = [];
  for (const { watcher, n } of order.toSorted((a, b) => a.at - b.at).slice(0, count)) {
    const dueMs = startedMs + (sent.size * 1_000) / EVENTS_PER_SECOND;
    await pause(Math.max(0, dueMs - performance.now()));
    await jobApplyV1(sql, progressOf(watcher));
    const { channel, payload } = mode.noticeOf(watcher);
    sent.set(n, process.hrtime.bigint());
    running.push(sql`select pg_notify(${channel}, ${payload})`.then(() => {}));
  }
  await Promise.all(running);
  return sent;
}

function progressOf({ jobId }: Watcher) {
  return {
    jobId,
    event: "progressed",
    from: ["running"],
    to: "running",
    credits: null,
    transferId: randomUUID(),
    now: new Date(),
    facts: { progress: 0.5 },
  } as const;
}

function toFigure({ name, role }: Mode, rounds: readonly Round[]): Figure {
  const delays = summarize(rounds.flatMap(({ delaysMs }) => delaysMs));
  return {
    name,
    role,
    values: {
      rssKbEach: median(rounds.map(({ rssKb }) => rssKb)),
      heapKbEach: median(rounds.map(({ heapKb }) => heapKb)),
      p50Ms: delays.p50,
      p99Ms: delays.p99,
      n: delays.n,
      lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
    },
  };
}

function judge(figures: readonly Figure[]) {
  const valueOf = (name: string, key: string) =>
    figures.find((figure) => figure.name === name)?.values[key] ?? Number.NaN;
  const ratio = (key: string) => valueOf("ours", key) / valueOf("stock tRPC subscription", key);
  return [
    atMost("ours / stock, heap per subscriber", ratio("heapKbEach"), 1.1),
    atMost("ours / stock, memory per subscriber", ratio("rssKbEach"), 1.1),
    atMost("ours / stock, p99", ratio("p99Ms"), 1.1),
    atMost("events of ours that did not arrive", valueOf("ours", "lost"), 0),
  ];
}
