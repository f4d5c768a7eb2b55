import { readFileSync } from "node:fs";
import type { ChaosStudio } from "./chaos-studio.ts";

/** Adds to the counters what a studio has come to since it was last asked. */
export function createOutcomeCount(studio: ChaosStudio): () => Promise<void> {
  const { jobs } = studio.counters;
  const counted: Record<string, number> = {};
  let ambiguous = 0;
  return async () => {
    const rows = await studio.database.sql()<{ status: string; n: number }[]>`
      select status || coalesce(' ' || error_code, '') as status, count(*)::int as n
      from jobs group by 1`;
    for (const { status, n } of rows) {
      jobs[status] = (jobs[status] ?? 0) + n - (counted[status] ?? 0);
      counted[status] = n;
    }
    const log = readFileSync(studio.gpuLogFile, "utf8");
    const seen = log.split("\n").filter(isAmbiguous).length;
    studio.counters.ambiguousSubmits += seen - ambiguous;
    ambiguous = seen;
  };
}

function isAmbiguous(line: string): boolean {
  return /"run\.(answer-dropped|answered-badly)"/.test(line) && !line.includes('"id":null');
}
