import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { AXES } from "./axes/axes.ts";
import type { AxisContext } from "./axes/axis-context.ts";
import { measureCrowd } from "./crowd/measure-crowd.ts";
import { openCluster } from "./open-cluster.ts";
import type { BenchOptions } from "./read-options.ts";
import { type AxisReport, isClean } from "./report/axis-report.ts";
import { printReport } from "./report/print-report.ts";

/** Where a run tells things. */
export interface Output {
  /** Progress. */
  readonly say: (line: string) => void;
  /** The result. */
  readonly print: (text: string) => void;
}

/** The machine, as far as it explains the figures. */
interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres: string;
  /** Load averages (1, 5, 15 min) before the run: what else was going on. */
  readonly loadBefore: readonly number[];
}

/** Runs what was asked for. @returns the exit code: 1 = a figure is void */
export async function runBench(options: BenchOptions, output: Output): Promise<number> {
  const startedAt = new Date();
  const loadBefore = loadavg();
  const cluster = await openCluster(output.say);
  const stop = onSignals(() => cluster.stop());
  const reports: AxisReport[] = [];
  const tell = (report: AxisReport) => {
    reports.push(report);
    if (!options.json) output.print(printReport(report));
  };
  try {
    const ctx: AxisContext = { cluster, quick: options.quick, say: output.say };
    for (const axis of AXES.filter(({ name }) => options.axes.includes(name))) {
      output.say(`axis ${axis.name}`);
      tell(await axis.measure(ctx));
    }
    if (options.crowd !== null) tell(await measureCrowd(ctx, options.crowd));
  } finally {
    stop();
    await cluster.stop();
  }
  const machine: Machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres: cluster.version,
    loadBefore,
  };
  const clean = reports.every(isClean);
  const { quick } = options;
  const text = JSON.stringify({ startedAt, quick, clean, machine, reports }, null, 2);
  const out = options.out ?? defaultOut(startedAt);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${text}\n`);
  if (options.json) output.print(text);
  output.say(`\n${machine.cpu}, ${machine.cores} cores; ${out}`);
  if (!clean) output.say("An invariant was violated: the figures of that run are void.");
  return clean ? 0 : 1;
}

function defaultOut(at: Date): string {
  const name = at.toISOString().replaceAll(/[:.]/g, "-");
  return fileURLToPath(new URL(`../.cache/bench-${name}.json`, import.meta.url));
}

/** Cleans up before a signal ends us. @returns stops listening */
function onSignals(cleanUp: () => Promise<void>): () => void {
  const end = () => void cleanUp().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  return () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
  };
}
