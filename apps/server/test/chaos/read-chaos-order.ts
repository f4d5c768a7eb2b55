import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { DRILLS, EPISODES } from "./episodes.ts";

/** What `npm run chaos` was asked to do. */
export interface ChaosOrder {
  /** Of the world simulator; 0 = none. */
  readonly worlds: number;
  /** Over real processes; 0 = none. */
  readonly episodes: number;
  readonly seed: number;
  /** Plays this episode alone. */
  readonly only: string | null;
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
      story: { type: "boolean", default: false },
    },
  });
  const only = values.only ?? null;
  const names = [...EPISODES, ...DRILLS].map(({ name }) => name);
  if (only !== null && !names.includes(only)) {
    throw new Error(`There is no episode called ${only}. These are: ${names.join(", ")}.`);
  }
  const isOne = only !== null;
  const read = (name: "worlds" | "episodes" | "seed", otherwise: number) => {
    const given = values[name];
    if (given === undefined) return otherwise;
    const parsed = count.safeParse(given);
    if (!parsed.success) throw new Error(`--${name} is a whole number, not ${given}.`);
    return parsed.data;
  };
  return {
    worlds: read("worlds", isOne ? 0 : WORLDS),
    episodes: read("episodes", isOne ? 1 : ROUNDS * EPISODES.length),
    seed: read("seed", randomInt(1, 1_000_000)),
    only,
    story: values.story,
  };
}
