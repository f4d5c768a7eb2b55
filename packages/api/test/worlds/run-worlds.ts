import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { addReport, addSummary, emptySummary, neverSeen, type Summary } from "./coverage.ts";
import { runWorld } from "./run-world.ts";
import { createWorldRegistry } from "./world-registry.ts";

// Simulated worlds by the million: `run-worlds.ts --worlds 1000000 --seed 1 [--processes 2]`.
// Prints a summary as JSON; ends with 1 when an invariant was broken, or when some fault or some move
// of a job was never seen. One world again, alone: `--worlds 1 --seed <its seed>`.

const Options = z.object({
  worlds: z.coerce.number().int().min(1).default(10_000),
  seed: z.coerce.number().int().default(1),
  processes: z.coerce.number().int().min(1).default(availableParallelism()),
  part: z.boolean().default(false),
});

const Counts = z.record(z.string(), z.number());
const Part = z.object({
  worlds: z.number(),
  steps: z.number(),
  jobs: z.number(),
  endings: Counts,
  faults: Counts,
  moves: Counts,
  violations: z.array(z.object({ seed: z.number(), violation: z.string() })),
}) satisfies z.ZodType<Summary>;

/** Runs these worlds here, one after the other. */
async function runHere(seed: number, worlds: number): Promise<Summary> {
  const summary = emptySummary();
  const registry = createWorldRegistry();
  for (let n = 0; n < worlds; n += 1) addReport(summary, await runWorld(seed + n, registry));
  return summary;
}

/** Runs them in a process of its own. */
function runApart(seed: number, worlds: number): Promise<Summary> {
  const child = fork(
    import.meta.filename,
    ["--part", "--worlds", String(worlds), "--seed", String(seed)],
    { execArgv: process.execArgv },
  );
  return new Promise((resolve, reject) => {
    let summary: Summary | null = null;
    child.on("message", (message) => {
      summary = Part.parse(message);
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (summary === null) reject(new Error(`worlds from ${seed} ended with ${code}`));
      else resolve(summary);
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      worlds: { type: "string" },
      seed: { type: "string" },
      processes: { type: "string" },
      part: { type: "boolean" },
    },
  });
  const { worlds, seed, processes, part } = Options.parse(values);
  if (part) {
    process.send?.(await runHere(seed, worlds));
    process.disconnect();
    return;
  }
  const startedMs = performance.now();
  const share = Math.ceil(worlds / processes);
  const summary = emptySummary();
  const shares = Array.from({ length: Math.ceil(worlds / share) }, (_, n) =>
    runApart(seed + n * share, Math.min(share, worlds - n * share)),
  );
  for (const done of await Promise.all(shares)) addSummary(summary, done);
  const unseen = worlds >= 5_000 ? neverSeen(summary) : [];
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  process.stdout.write(`${JSON.stringify({ seed, seconds, ...summary, unseen }, null, 2)}\n`);
  if (summary.violations.length > 0 || unseen.length > 0) process.exitCode = 1;
}

await main();
