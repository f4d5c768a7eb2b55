import { type Counters, summarize } from "./counters.ts";
import type { DrillReport } from "./run-targets.ts";
import { TARGET_NAMES, TARGETS } from "./targets.ts";

/** What was asked for and what it came to, as one Markdown table. */
export function renderTotals(reports: readonly DrillReport[]): string {
  const rows = reports.flatMap((report) => [...rowsOf(report), figuresOf(report)]);
  return [
    "| tried | times (asked) | seeds | seconds | rules broken | measured |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

function rowsOf({ wanted, counters }: DrillReport): string[][] {
  return TARGET_NAMES.flatMap((name) => {
    const asked = wanted[name];
    if (asked === undefined) return [];
    const { what, reached } = TARGETS[name];
    return [[what, `${reached(counters)} (${asked})`, "", "", "", ""]];
  });
}

/** The last line of a drill: with which seeds, in what time, and what came of it. */
function figuresOf({ drill, seeds, seconds, runs, counters, orphans }: DrillReport): string[] {
  const broken = runs.flatMap(({ violations }) => violations).length + orphans.length;
  const jobs = Object.entries(counters.jobs).map(([status, n]) => `${n} ${status}`);
  return [
    `\`${drill}\`, ${runs.length} chunks: ${jobs.length === 0 ? "no jobs" : jobs.join(", ")}`,
    "",
    `${seeds.from} to ${seeds.to}`,
    String(seconds),
    String(broken),
    measured(counters),
  ];
}

function measured({ kills, serverBackMs, databaseBackMs }: Counters): string {
  const points = Object.entries(kills).filter(([at]) => at !== "at random");
  const fewest = Math.min(...points.map(([, n]) => n));
  const texts = [
    points.length === 0 ? null : `${points.length} points, each ${fewest} times or more`,
    spread("a server listens", serverBackMs),
    spread("PostgreSQL answers again", databaseBackMs),
  ];
  return texts.filter((text) => text !== null).join("; ");
}

function spread(what: string, values: readonly number[]): string | null {
  const found = summarize(values);
  return found === null ? null : `${what} in p50 ${found.p50} ms, at most ${found.max} ms`;
}
