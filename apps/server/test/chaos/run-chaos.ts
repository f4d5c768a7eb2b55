import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { summarize } from "./counters.ts";
import { DRILLS, EPISODES } from "./episodes.ts";
import { type ChaosOrder, readChaosOrder } from "./read-chaos-order.ts";
import { type EpisodesReport, runEpisodes } from "./run-episodes.ts";
import { renderTotals } from "./render-totals.ts";
import { runTargets } from "./run-targets.ts";
import { runWorlds } from "./run-worlds.ts";
import { tellStory } from "./story.ts";

// `npm run chaos -- [--worlds N] [--episodes N] [--seed S] [--only episode] [--story]`, or, for numbers
// to be reached, `[--kills N] [--database-kills N] [--forgeries N] [--replays N] [--lost-submits N]
// [--minutes M]`: progress and a table on stderr, one JSON document on stdout. Exit 0: nothing was violated; 1: something was; 2: could not run.

const STORY_FILE = fileURLToPath(new URL("../../../../docs/one-job-survives.md", import.meta.url));

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Asked to end (Ctrl-C, SIGTERM), it plays the episode at hand to its end and reports; asked twice, it dies. */
function untilAskedToEnd(): () => boolean {
  let asked = false;
  const onSignal = () => {
    asked = true;
    say("ends after this episode");
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  return () => !asked;
}

async function main(): Promise<number> {
  const order = readChaosOrder(process.argv.slice(2));
  say(`seed ${order.seed}`);
  if (order.story) return await writeStory(order.seed);
  const startedMs = performance.now();
  const goesOn = untilAskedToEnd();
  const worlds = order.worlds === 0 ? null : await runWorlds(order, say);
  const episodes =
    order.episodes === 0 ? null : await runEpisodes({ ...planEpisodes(order), goesOn });
  const drills = await runTargets({ ...order, say, goesOn });
  if (drills.length > 0) say(`\n${renderTotals(drills)}\n`);
  const played = [...(episodes === null ? [] : [episodes]), ...drills];
  const ok = worlds?.ok !== false && played.every(isClean);
  print({
    ok,
    seed: order.seed,
    seconds: Math.round((performance.now() - startedMs) / 1_000),
    worlds: worlds?.report ?? null,
    episodes: episodes === null ? null : digest(episodes),
    drills: drills.map((drill) => ({ ...drill, counters: undefined, ...digest(drill) })),
  });
  return ok ? 0 : 1;
}

function planEpisodes({ only, episodes, seed }: ChaosOrder) {
  const known =
    only === null ? EPISODES : [...EPISODES, ...DRILLS].filter(({ name }) => name === only);
  const round = Array.from({ length: Math.ceil(episodes / known.length) }, () => known).flat();
  return { seed, episodes: round.slice(0, episodes), scale: 1, say };
}

type Played = Pick<EpisodesReport, "runs" | "counters" | "orphans" | "folder">;

function isClean({ runs, orphans }: Played): boolean {
  return orphans.length === 0 && runs.every(({ violations }) => violations.length === 0);
}

function digest({ runs, counters, orphans, folder }: Played) {
  const { serverBackMs, databaseBackMs, drainMs, ...counts } = counters;
  return {
    runs,
    ...counts,
    serverBackMs: summarize(serverBackMs),
    databaseBackMs: summarize(databaseBackMs),
    drainMs: summarize(drainMs),
    orphans,
    folder,
  };
}

async function writeStory(seed: number): Promise<number> {
  const story = await tellStory({ seed, say });
  await writeFile(STORY_FILE, story.text);
  print({ ok: story.ok, seed, file: STORY_FILE });
  return story.ok ? 0 : 1;
}

function print(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

process.exitCode = await main().catch((thrown: unknown) => {
  print({ ok: false, error: thrown instanceof Error ? thrown.message : String(thrown) });
  return 2;
});
