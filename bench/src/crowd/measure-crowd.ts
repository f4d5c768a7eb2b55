import { z } from "zod";
import type { AxisContext } from "../axes/axis-context.ts";
import { spawnChild } from "../children/spawn-child.ts";
import { atLeast, type AxisReport, type Figure } from "../report/axis-report.ts";
import { latencyFigure } from "../report/latency-figure.ts";
import { percentile, summarize } from "../statistics.ts";
import { countOpenJobs } from "../world/open-jobs.ts";
import { startStudio } from "../world/start-studio.ts";
import { waitUntil } from "../world/wait-until.ts";
import { CrowdBook, STAGES } from "./crowd-ledger.ts";
import { type ProcessSample, watchProcesses } from "./watch-processes.ts";

const GPU = { gpuMs: 4_000, queueMs: 500, workers: 20 } as const;
const SAY_EVERY_MS = 15_000;

/** Many people at once: each uploads a photo and a mask, edits, watches live and downloads, again and again. */
export async function measureCrowd(
  ctx: AxisContext,
  { users, minutes }: { readonly users: number; readonly minutes: number },
): Promise<AxisReport> {
  const startedMs = performance.now();
  const simulator = spawnChild("simulator.ts");
  const { url } = await simulator.ask("start", GPU, z.object({ url: z.string() }));
  const studio = await startStudio({
    databaseUrl: await ctx.cluster.createDatabase("crowd"),
    gpuUrl: `${url}/v2`,
    maxInFlight: GPU.workers,
    skipsPixels: false,
  });
  const crowd = spawnChild("crowd.ts");
  try {
    const watch = watchProcesses({
      server: { pid: studio.replica.pid, tree: false },
      database: { pid: ctx.cluster.pid, tree: true },
      simulator: { pid: simulator.pid, tree: false },
      users: { pid: crowd.pid, tree: false },
    });
    const progress = setInterval(() => {
      void crowd.ask("soFar", {}, CrowdBook.nullable()).then(
        (book) => ctx.say(`crowd: ${book?.succeeded ?? 0} of ${book?.begun ?? 0} edits ended well`),
        () => {},
      );
    }, SAY_EVERY_MS);
    const asked = { url: studio.url, users, ms: minutes * 60_000 };
    const book = await crowd.ask("run", asked, CrowdBook).finally(() => clearInterval(progress));
    const seconds = (performance.now() - startedMs) / 1_000;
    const costs = watch.stop();
    const isTrue = async () => (await countOpenJobs(studio.connection.sql)) === 0;
    await waitUntil("all jobs ended", { withinMs: 120_000, isTrue });
    const errors = Object.entries(book.errors).map(([what, n]) => `error ${what}: ${n}×`);
    const troubles = Object.entries(await studio.troubles());
    return {
      axis: "users",
      title: `${users} users at once for ${minutes} minutes`,
      figures: [totals(book, seconds), ...stageFigures(book), ...costFigures(costs)],
      goals: [atLeast("edits that ended with the right picture", book.succeeded / book.begun, 1)],
      audits: [await studio.audit("everything the crowd did")],
      notes: [
        `simulated GPU: ${GPU.workers} workers, ${GPU.gpuMs} ms each; real imaging; users, simulator, server and database share the machine`,
        "photos in turn: 640×427, 600×400, 512×512 and 12 MP; after each edit the user looks at it for a second",
        "wait: accepted → drawing; draw: → result made; store: → delivered (fetched, pasted back, stored, captured); seen: delivered by the server's clock → shown",
        ...errors,
        ...troubles.map(([event, n]) => `logged ${event} ${n}×`),
      ],
      dropped: 0,
      seconds: (performance.now() - startedMs) / 1_000,
    };
  } finally {
    await crowd.stop();
    await studio.stop();
    await simulator.stop();
  }
}

function totals(book: CrowdBook, seconds: number): Figure {
  const { begun, succeeded } = book;
  const values = {
    begun,
    succeeded,
    successRate: succeeded / begun,
    perSecond: succeeded / seconds,
  };
  return { name: "edits", role: "ours", values };
}

function stageFigures({ times }: CrowdBook): Figure[] {
  return STAGES.flatMap((stage) => {
    const ms = times[stage] ?? [];
    return ms.length === 0 ? [] : [latencyFigure(stage, "ours", summarize(ms))];
  });
}

function costFigures(costs: ReadonlyMap<string, readonly ProcessSample[]>): Figure[] {
  return [...costs].flatMap(([name, samples]): Figure[] => {
    const [first, last] = [samples[0], samples.at(-1)];
    if (first === undefined || last === undefined) return [];
    const rss = samples.map(({ rssMb }) => rssMb);
    const cores = (last.cpuMs - first.cpuMs) / Math.max(1, last.atMs - first.atMs);
    const quarters = [0.25, 0.5, 0.75, 1].map(
      (share) => rss[Math.ceil(rss.length * share) - 1] ?? 0,
    );
    const [q1 = 0, q2 = 0, q3 = 0, q4 = 0] = quarters;
    return [
      {
        name: `${name}: memory and CPU`,
        role: "ours",
        values: {
          rssStartMb: first.rssMb,
          rssP50Mb: percentile(rss, 0.5),
          rssMaxMb: percentile(rss, 1),
          rssQuarter1Mb: q1,
          rssQuarter2Mb: q2,
          rssQuarter3Mb: q3,
          rssEndMb: q4,
          cores,
        },
      },
    ];
  });
}
