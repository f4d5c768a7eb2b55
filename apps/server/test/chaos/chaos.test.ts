import { rm } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { createDice } from "./dice.ts";
import { EPISODES } from "./episodes.ts";
import { type EpisodesReport, runEpisodes } from "./run-episodes.ts";
import { SABOTAGED_RULES, sabotage } from "./sabotage.ts";

/** The same in every run; `npm run chaos` draws others. */
const SEED = 20_261_122;
/** In the short form: what breaks a careless service first, in less than a minute. */
const SHORT = ["kill-points", "commits-cut", "database-killed", "last-credits"] as const;

test("real processes are killed and cut off while people work, no rule is ever broken, and a broken one is seen", async () => {
  const isFull = inject("rounds") > 1;
  const short = EPISODES.filter(({ name }) => SHORT.some((each) => each === name));
  const said: string[] = [];
  const report = await runEpisodes({
    seed: SEED,
    episodes: isFull ? EPISODES : [...short, sabotage],
    scale: isFull ? 1 : 0.25,
    say: (line) => void said.push(line),
    goesOn: () => true,
  });
  const runs = report.runs.filter(({ name }) => name !== sabotage.name);
  const broken = runs.filter(({ violations }) => violations.length > 0);
  if (broken.length > 0) throw new Error([JSON.stringify(broken), ...said].join("\n"));
  expect(report.orphans).toEqual([]);
  expect(runs.length).toBeGreaterThanOrEqual(SHORT.length);
  expect(report.counters.jobs["done"]).toBeGreaterThan(0);
  if (!isFull) await expectSabotageSeen(report);
}, 1_800_000);

/** The last episode broke rules on purpose: each of them is named. */
async function expectSabotageSeen({ runs, folder }: EpisodesReport): Promise<void> {
  const rules = (runs.at(-1)?.violations ?? []).map(({ rule }) => rule);
  for (const broken of SABOTAGED_RULES) {
    expect(rules.filter((rule) => rule.startsWith(broken))).not.toEqual([]);
  }
  expect(folder).not.toBeNull();
  await rm(folder ?? "", { recursive: true, force: true });
}

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
