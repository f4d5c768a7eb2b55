import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Voice } from "./gpu-face.ts";
import type { Scheduler } from "./scheduler.ts";

/** What is wrong with a world at this moment. */
export interface Troubles {
  voice(): Voice;
  storeIsAway(): boolean;
  /** How often single exchanges go wrong, against the usual; 0 once a world is to end in peace. */
  level(): number;
}

interface Episode {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Draws the troubles of a world: most have some, a few have many, one in ten none at all. */
export function createTroubles({
  scheduler,
  random,
}: {
  scheduler: Scheduler;
  random: SeededRandom;
}): Troubles {
  const startMs = scheduler.nowMs;
  const level = random.pick([0, 0.5, 1, 1, 1, 1, 2, 2, 3]);
  const peaceMs = startMs + random.between(600_000, 3_000_000);
  const draw = (chance: number, longestMs: number): Episode[] => {
    if (level === 0 || !random.chance(chance)) return [];
    const fromMs = startMs + random.below(900_000);
    return [{ fromMs, untilMs: fromMs + random.between(2_000, longestMs) }];
  };
  /** Longer than a result is waited for. */
  const long = (chance: number): Episode[] => {
    if (level === 0 || !random.chance(chance)) return [];
    const fromMs = startMs + random.below(300_000);
    return [{ fromMs, untilMs: fromMs + random.between(1_500_000, 3_000_000) }];
  };
  const isIn = (episodes: readonly Episode[]) =>
    episodes.some(({ fromMs, untilMs }) => fromMs <= scheduler.nowMs && scheduler.nowMs < untilMs);
  const away = [...draw(0.25, 120_000), ...draw(0.05, 1_500_000)];
  const wrongKey = [...draw(0.2, 200_000), ...draw(0.03, 1_000_000)];
  const noStore = [...draw(0.12, 300_000), ...long(0.1)];
  return {
    voice: () => (isIn(wrongKey) ? "key refused" : isIn(away) ? "away" : "clear"),
    storeIsAway: () => isIn(noStore),
    level: () => (scheduler.nowMs < peaceMs ? level : 0),
  };
}
