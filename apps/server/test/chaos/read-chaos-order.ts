import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { DRILLS, EPISODES } from "./episodes.ts";
import { TARGET_NAMES, type TargetName, type Wanted } from "./targets.ts";

/** What `npm run chaos` was asked to do. */
export interface ChaosOrder {
  /** Of the world simulator; 0 = none. */
  readonly worlds: number;
  /** Over real processes; 0 = none. */
  readonly episodes: number;
  readonly seed: number;
  /** Plays this episode alone. */
  readonly only: string | null;
  /** Numbers to be reached instead of episodes to be played; empty = none. */
  readonly wanted: Wanted;
  /** For reaching them; null = as long as it takes. */
  readonly minutes: number | null;
  /** Writes down how one job survives instead. */
  readonly story: boolean;
}

/** About twenty minutes together on two cores. */
const WORLDS = 100_000;
const ROUNDS = 2;

const count = z.coerce.number<string>().int().min(0);

/** @throws {Error} one sentence, when an argument is none of these or names no episode */
export function readChaosOrder(args: readonly string[]): ChaosOrder {
  const { values } = parseArgs({
    args: [...args],
    options: {
      worlds: { type: "string" },
      episodes: { type: "string" },
      seed: { type: "string" },
      only: { type: "string" },
      minutes: { type: "string" },
      kills: { type: "string" },
      "database-kills": { type: "string" },
      forgeries: { type: "string" },
      replays: { type: "string" },
      "lost-submits": { type: "string" },
      story: { type: "boolean", default: false },
    },
  });
  const only = values.only ?? null;
  const names = [...EPISODES, ...DRILLS].map(({ name }) => name);
  if (only !== null && !names.includes(only)) {
    throw new Error(`There is no episode called ${only}. These are: ${names.join(", ")}.`);
  }
  const isOne = only !== null;
  const readOrNull = (name: "worlds" | "episodes" | "seed" | "minutes" | TargetName) => {
    const given = values[name];
    if (given === undefined) return null;
    const parsed = count.safeParse(given);
    if (!parsed.success) throw new Error(`--${name} is a whole number, not ${given}.`);
    return parsed.data;
  };
  const wanted: Partial<Record<TargetName, number>> = {};
  for (const name of TARGET_NAMES) {
    const asked = readOrNull(name);
    if (asked !== null && asked > 0) wanted[name] = asked;
  }
  const isCounted = Object.keys(wanted).length > 0;
  const minutes = readOrNull("minutes");
  if (minutes !== null && !isCounted) {
    const names = TARGET_NAMES.map((name) => `--${name}`).join(", ");
    throw new Error(`--minutes is for reaching a number: ${names}.`);
  }
  const episodes = isCounted ? 0 : isOne ? 1 : ROUNDS * EPISODES.length;
  return {
    worlds: readOrNull("worlds") ?? (isOne || isCounted ? 0 : WORLDS),
    episodes: readOrNull("episodes") ?? episodes,
    seed: readOrNull("seed") ?? randomInt(1, 1_000_000),
    only,
    wanted,
    minutes,
    story: values.story,
  };
}
