import { auditStudio, drainStudio, type Violation } from "./audit.ts";
import { type ChaosStudio, startChaosStudio } from "./chaos-studio.ts";
import { createOutcomeCount } from "./count-outcomes.ts";
import type { Counters } from "./counters.ts";
import { createDice } from "./dice.ts";
import type { OwnDeath } from "./replica.ts";
import { createStage, type Episode } from "./stage.ts";
import { readTimeline } from "./timeline.ts";

/** Broken by a process that nobody had told to end. */
export const OWN_DEATH = "no process ends by itself";

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
  /** Counted on. @default new ones */
  readonly counters?: Counters;
}

/** Plays episode after episode on one studio and audits it after each. Stops at the first violation. */
export async function runEpisodes(options: EpisodesOptions): Promise<EpisodesReport> {
  const { episodes, say } = options;
  const form = episodes.find((episode) => episode.studio !== undefined)?.studio;
  const studio = await startChaosStudio({ ...options, gpuMs: 300, ...form });
  const count = createOutcomeCount(studio);
  const runs: EpisodeRun[] = [];
  const orphans: number[] = [];
  let failed = false;
  // The first has the seed itself, so that one alone can be played again.
  let { seed } = options;
  try {
    for (const episode of episodes) {
      if (options.goesOn?.() === false) break;
      const run = await playEpisode(studio, episode, { ...options, seed, count });
      seed += episode.seeds ?? 1;
      runs.push(run);
      say(`${run.name} (seed ${run.seed}): ${run.violations.length} violations, ${run.ms} ms`);
      failed = run.violations.length > 0;
      if (failed) break;
    }
    if (failed) await tellViolations(studio, runs.at(-1)?.violations ?? [], say);
  } catch (thrown) {
    failed = true;
    throw thrown;
  } finally {
    const left = await studio.stop({ keepFolder: failed });
    orphans.push(...left);
    if (failed) say(`kept: ${studio.folder}`);
  }
  const folder = failed ? studio.folder : null;
  return { seed: options.seed, runs, counters: studio.counters, orphans, folder };
}

async function playEpisode(
  studio: ChaosStudio,
  episode: Episode,
  { seed, scale, say, count }: EpisodesOptions & { count: () => Promise<void> },
): Promise<EpisodeRun> {
  const startedMs = performance.now();
  const violations: Violation[] = [];
  const dice = createDice(seed).fork(episode.name);
  const stage = createStage({ studio, dice, seed, scale, violations });
  studio.note(`episode ${episode.name} seed ${seed}`);
  let lost = false;
  studio.lost.catch(() => {
    lost = true;
  });
  const attempt = async (rule: string, act: () => Promise<readonly Violation[] | void>) => {
    // Nothing can be waited for without the GPU side or PostgreSQL.
    if (lost) return;
    try {
      violations.push(...((await Promise.race([act(), studio.lost])) ?? []));
    } catch (thrown) {
      violations.push({ rule, jobId: null, detail: describe(thrown) });
    }
  };
  await attempt("users reach their end", () => episode.run(stage));
  await attempt("everything works again", () => studio.heal());
  await attempt("everything ends", () => drainStudio(studio));
  await attempt("an audit comes to its end", () => auditStudio(studio, stage.users));
  await attempt("outcomes are counted", count);
  for (const death of studio.takeOwnDeaths()) violations.push(toViolation(episode.name, death));
  studio.counters.episodes += 1;
  if (violations.length > 0) say(`VIOLATED: ${episode.name}, seed ${seed}`);
  return { name: episode.name, seed, ms: Math.round(performance.now() - startedMs), violations };
}

function toViolation(episode: string, { name, pid, code, signal, lastWords }: OwnDeath): Violation {
  const { stderr, stdout } = lastWords;
  const said = [...stdout.slice(-5), ...stderr].map((line) => `    ${line}`);
  const how = `${name} (process ${pid}) ended with ${code ?? signal ?? "no code"} in ${episode}`;
  return { rule: OWN_DEATH, jobId: null, detail: [how, ...said].join("\n") };
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
