import { type Provider, startProvider } from "../provider/start-provider.ts";
import { measureCost, type RoundCost } from "../measure-cost.ts";
import { atMost, type AxisReport } from "../report/axis-report.ts";
import { runCallers } from "../run-callers.ts";
import { keepSteady, median } from "../statistics.ts";
import { editRequest } from "../world/edit-request.ts";
import { type Guest, inBatches, openGuest } from "../world/open-guest.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { startStudio, type Studio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { writeFloor } from "../write-floor.ts";
import { type AxisContext, sized } from "./axis-context.ts";

const CALLERS = 16;
const FLOOR_WRITES = 50;
/** A guest may create 120 jobs a minute. */
const GUESTS = 60;

/** Axis 9: what one whole job costs in CPU, of server and database: HTTP in, HTTP out, stream and store. */
export async function measureWholeLifecycles(ctx: AxisContext): Promise<AxisReport> {
  const startedMs = performance.now();
  const provider = await startProvider({ gpuMs: 20, limited: false });
  const studio = await startStudio({
    databaseUrl: await ctx.cluster.createDatabase("whole"),
    gpuUrl: provider.baseUrl,
    maxInFlight: 100,
    skipsPixels: true,
  });
  try {
    const guests = await inBatches(
      { count: sized(ctx, { full: GUESTS, quick: CALLERS }), atOnce: 2 },
      () => openGuest(studio.url),
    );
    const rounds = await takeRounds(ctx, { studio, provider, guests });
    const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
    await waitUntil("all jobs ended", { withinMs: 60_000, isTrue });
    const steady = keepSteady(rounds, ({ floorMs }) => floorMs);
    const middle = (pick: (cost: RoundCost) => number) =>
      median(steady.kept.map(({ cost }) => pick(cost)));
    const cpuMs = middle((cost) => cost.serverCpuMs + cost.databaseCpuMs);
    return {
      axis: "9",
      title: "CPU of server and database per whole job",
      figures: [
        {
          name: "one durable insert",
          role: "floor",
          values: { p50Ms: median(steady.kept.map(({ floorMs }) => floorMs)) },
        },
        {
          name: `${CALLERS} guests, each create → watch → delivered`,
          role: "ours",
          values: {
            perSecond: middle(({ perSecond }) => perSecond),
            serverCpuMs: middle(({ serverCpuMs }) => serverCpuMs),
            postgresCpuMs: middle(({ databaseCpuMs }) => databaseCpuMs),
            rounds: steady.kept.length,
          },
        },
      ],
      goals: [atMost("CPU of server and database per job, ms", cpuMs, 3)],
      audits: [await studio.audit("jobs created, watched and delivered over HTTP")],
      notes: [
        "counted by /proc over the whole server process and all of PostgreSQL: tRPC, session, SSE, submit, webhook, status, files (fsync), log",
        "not counted: the clients and the provider, which run in the harness; no pixels are worked on",
      ],
      dropped: steady.dropped,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await studio.stop();
    await provider.stop();
  }
}

async function takeRounds(
  ctx: AxisContext,
  { studio, guests }: { studio: Studio; provider: Provider; guests: readonly Guest[] },
) {
  const ms = sized(ctx, { full: 6_000, quick: 800 });
  let next = 0;
  const once = async () => {
    const guest = guests[next % guests.length];
    next += 1;
    if (guest === undefined) throw new Error("nobody is there");
    await createAndWatch(guest);
  };
  await runCallers({ callers: CALLERS, ms: ms / 2, once });
  const rounds: { floorMs: number; cost: RoundCost }[] = [];
  for (let n = 1; n <= sized(ctx, { full: 5, quick: 1 }); n += 1) {
    ctx.say(`whole jobs: round ${n}`);
    const floors: number[] = [];
    for (let write = 0; write < FLOOR_WRITES; write += 1) {
      floors.push(await writeFloor(studio.connection.sql));
    }
    const pids = { server: studio.replica.pid, database: ctx.cluster.pid };
    const cost = await measureCost(pids, () => runCallers({ callers: CALLERS, ms, once }));
    rounds.push({ floorMs: median(floors), cost });
  }
  return rounds;
}

async function createAndWatch({ client, imageAssetId }: Guest): Promise<void> {
  const { id } = await client.trpc.jobs.create.mutate(editRequest({ imageAssetId }));
  for await (const job of client.watch(id)) {
    if (job.status === "done") return;
    if (job.status === "failed") throw new Error(`job ${id} failed: ${job.error?.code}`);
  }
  throw new Error(`the stream of job ${id} ended early`);
}
