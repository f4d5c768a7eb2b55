import { readFileSync } from "node:fs";
import { join } from "node:path";
import { auditStudio, drainStudio, type Violation } from "./audit.ts";
import { type ChaosStudio, startChaosStudio } from "./chaos-studio.ts";
import type { Counters } from "./counters.ts";
import { createDice } from "./dice.ts";
import { createStage, type Episode } from "./stage.ts";
import { readTimeline } from "./timeline.ts";

export interface EpisodeRun {
  readonly name: string;
  /** Replays this episode alone: `--only name --seed seed`. */
  readonly seed: number;
  readonly ms: number;
  readonly violations: readonly Violation[];
}

export interface EpisodesReport {
  readonly seed: number;
  readonly runs: readonly EpisodeRun[];
  readonly counters: Counters;
  /** Processes that outlived the studio. */
  readonly orphans: readonly number[];
  /** Kept because something was violated; null = nothing was. */
  readonly folder: string | null;
}

export interface EpisodesOptions {
  readonly seed: number;
  readonly episodes: readonly Episode[];
  /** How much of everything an episode does. */
  readonly scale: number;
  readonly say: (line: string) => void;
  /** Asked before each episode; false ends the run early. @default always true */
  readonly goesOn?: () => boolean;
}

/** Plays episode after episode on one studio and audits it after each. Stops at the first violation. */
export async function runEpisodes(options: EpisodesOptions): Promise<EpisodesReport> {
  const { seed, episodes, say } = options;
  const studio = await startChaosStudio({ seed, gpuMs: 300 });
  const runs: EpisodeRun[] = [];
  const orphans: number[] = [];
  let failed = false;
  try {
    for (const [at, episode] of episodes.entries()) {
      if (options.goesOn?.() === false) break;
      // The first has the seed itself, so that one alone can be played again.
      const run = await playEpisode(studio, episode, { ...options, seed: seed + at });
      runs.push(run);
      say(`${run.name} (seed ${run.seed}): ${run.violations.length} violations, ${run.ms} ms`);
      failed = run.violations.length > 0;
      if (failed) break;
    }
    if (failed) await tellViolations(studio, runs.at(-1)?.violations ?? [], say);
    await countOutcomes(studio);
  } catch (thrown) {
    failed = true;
    throw thrown;
  } finally {
    const left = await studio.stop({ keepFolder: failed });
    orphans.push(...left);
    if (failed) say(`kept: ${studio.folder}`);
  }
  const folder = failed ? studio.folder : null;
  return { seed, runs, counters: studio.counters, orphans, folder };
}

async function playEpisode(
  studio: ChaosStudio,
  episode: Episode,
  { seed, scale, say }: EpisodesOptions,
): Promise<EpisodeRun> {
  const startedMs = performance.now();
  const violations: Violation[] = [];
  const dice = createDice(seed).fork(episode.name);
  const stage = createStage({ studio, dice, scale, violations });
  studio.note(`episode ${episode.name} seed ${seed}`);
  try {
    await episode.run(stage);
  } catch (thrown) {
    violations.push({ rule: "users reach their end", jobId: null, detail: describe(thrown) });
  }
  await studio.heal();
  const undrained = await drainStudio(studio);
  violations.push(...undrained, ...(await auditStudio(studio, stage.users)));
  studio.counters.episodes += 1;
  if (violations.length > 0) say(`VIOLATED: ${episode.name}, seed ${seed}`);
  return { name: episode.name, seed, ms: Math.round(performance.now() - startedMs), violations };
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined
    ? (thrown.stack ?? thrown.message)
    : `${thrown.stack ?? thrown.message}\nbecause of ${describe(thrown.cause)}`;
}

const TOLD_AT_MOST = 5;

async function tellViolations(
  studio: ChaosStudio,
  violations: readonly Violation[],
  say: (line: string) => void,
): Promise<void> {
  for (const { rule, jobId, detail } of violations.slice(0, TOLD_AT_MOST)) {
    say(`\n${rule}\n  ${detail}`);
    if (jobId === null) continue;
    for (const line of await readTimeline(studio, jobId)) say(`  ${line}`);
  }
}

async function countOutcomes(studio: ChaosStudio): Promise<void> {
  const rows = await studio.database.sql()<{ status: string; n: number }[]>`
    select status, count(*)::int as n from jobs group by status`;
  for (const { status, n } of rows) studio.counters.jobs[status] = n;
  const log = readFileSync(join(studio.folder, "logs", "simulator.log"), "utf8");
  studio.counters.ambiguousSubmits = log.split("\n").filter(isAmbiguous).length;
}

function isAmbiguous(line: string): boolean {
  return /"run\.(answer-dropped|answered-badly)"/.test(line) && !line.includes('"id":null');
}
