import { randomInt } from "node:crypto";
import { expect, inject, test } from "vitest";
import { createDice } from "./dice.ts";
import { EPISODES } from "./episodes.ts";
import { runEpisodes } from "./run-episodes.ts";

/** In the full form: as many episodes as fit. */
const FULL_MS = 11 * 60_000;
/** In the short form: what breaks a careless service first, in less than a minute. */
const SHORT = ["kill-points", "commits-cut", "database-killed", "last-credits"] as const;

test("real processes are killed and cut off while people work, and no rule is ever broken", async () => {
  const seed = randomInt(1, 1_000_000);
  const isFull = inject("rounds") > 1;
  const untilMs = performance.now() + FULL_MS;
  const every = Array.from({ length: 20 }, () => EPISODES).flat();
  const report = await runEpisodes({
    seed,
    episodes: isFull ? every : EPISODES.filter(({ name }) => SHORT.some((each) => each === name)),
    scale: isFull ? 1 : 0.25,
    say: (line) => process.stderr.write(`chaos: ${line}\n`),
    goesOn: () => !isFull || performance.now() < untilMs,
  });
  expect(report.runs.filter(({ violations }) => violations.length > 0)).toEqual([]);
  expect(report.orphans).toEqual([]);
  expect(report.runs.length).toBeGreaterThanOrEqual(SHORT.length);
  expect(report.counters.jobs["done"]).toBeGreaterThan(0);
}, 1_800_000);

test("the dice throw the same for the same seed, and parts do not disturb each other", () => {
  const throws = (seed: number) => {
    const dice = createDice(seed);
    return [dice.uuid(), dice.int(1, 6), dice.shuffle([1, 2, 3, 4, 5]), dice.fork("a").next()];
  };
  expect(throws(7)).toEqual(throws(7));
  expect(throws(7)).not.toEqual(throws(8));
  const one = createDice(1);
  const two = createDice(1);
  two.fork("part").next();
  expect(one.next()).toBe(two.next());
  const faces = new Set(Array.from({ length: 200 }, () => one.int(1, 6)));
  expect(faces).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});
