import { type Counters, createCounters } from "./counters.ts";
import { type EpisodesReport, runEpisodes } from "./run-episodes.ts";
import type { Episode } from "./stage.ts";
import { TARGET_NAMES, type TargetName, TARGETS, type Wanted } from "./targets.ts";

/** What one drill came to. */
export interface DrillReport {
  readonly drill: string;
  readonly wanted: Wanted;
  /** All that were used up; the first and the last are always the same drill's. */
  readonly seeds: { readonly from: number; readonly to: number };
  readonly seconds: number;
  readonly counters: Counters;
  readonly runs: EpisodesReport["runs"];
  readonly orphans: readonly number[];
  /** Kept because something was violated; null = nothing was. */
  readonly folder: string | null;
}

export interface TargetsOptions {
  readonly seed: number;
  readonly wanted: Wanted;
  /** For all of them together; null = as long as it takes. */
  readonly minutes: number | null;
  readonly say: (line: string) => void;
  readonly goesOn: () => boolean;
}

/** Rows and pictures pile up, and every audit looks at all of them: a studio is left after so many chunks. */
const CHUNKS_PER_STUDIO = 4;

/** Plays each wanted drill until its numbers are reached, its share of the time is over, or a rule is broken. */
export async function runTargets(options: TargetsOptions): Promise<DrillReport[]> {
  const sections = groupByDrill(options.wanted);
  const endMs = options.minutes === null ? Infinity : performance.now() + options.minutes * 60_000;
  const reports: DrillReport[] = [];
  for (const [at, section] of sections.entries()) {
    const shareMs = (endMs - performance.now()) / (sections.length - at);
    const untilMs = performance.now() + shareMs;
    const report = await playSection(section, { ...options, untilMs });
    reports.push(report);
    if (report.folder !== null || report.orphans.length > 0 || !options.goesOn()) break;
  }
  return reports;
}

interface Section {
  readonly drill: Episode;
  readonly wanted: readonly { readonly name: TargetName; readonly count: number }[];
}

/** One drill may serve several targets. */
function groupByDrill(wanted: Wanted): Section[] {
  const asked = TARGET_NAMES.flatMap((name) => {
    const count = wanted[name] ?? 0;
    return count === 0 ? [] : [{ name, count }];
  });
  const drills = new Set(asked.map(({ name }) => TARGETS[name].drill));
  return [...drills].map((drill) => ({
    drill,
    wanted: asked.filter(({ name }) => TARGETS[name].drill === drill),
  }));
}

async function playSection(
  { drill, wanted }: Section,
  { seed, untilMs, say, goesOn }: TargetsOptions & { untilMs: number },
): Promise<DrillReport> {
  const startedMs = performance.now();
  const counters = createCounters();
  const isReached = () =>
    wanted.every(({ name, count }) => TARGETS[name].reached(counters) >= count);
  const isOver = () => isReached() || performance.now() > untilMs || !goesOn();
  const runs: EpisodesReport["runs"][number][] = [];
  const orphans: number[] = [];
  const used = drill.seeds ?? 1;
  let folder: string | null = null;
  while (!isOver() && folder === null) {
    const report = await runEpisodes({
      seed: seed + runs.length * used,
      episodes: Array.from({ length: CHUNKS_PER_STUDIO }, () => drill),
      scale: 1,
      say,
      goesOn: () => !isOver(),
      counters,
    });
    runs.push(...report.runs);
    orphans.push(...report.orphans);
    folder = report.folder;
  }
  return {
    drill: drill.name,
    wanted: Object.fromEntries(wanted.map(({ name, count }) => [name, count])),
    seeds: { from: seed, to: seed + Math.max(1, runs.length * used) - 1 },
    seconds: Math.round((performance.now() - startedMs) / 1_000),
    counters,
    runs,
    orphans,
    folder,
  };
}
