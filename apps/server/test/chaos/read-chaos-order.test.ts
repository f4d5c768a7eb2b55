import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DRILLS, EPISODES } from "./episodes.ts";
import { readChaosOrder } from "./read-chaos-order.ts";

test("without a word it runs worlds and every episode, under a seed of its own", () => {
  const order = readChaosOrder([]);
  expect(order).toMatchObject({ only: null, story: false });
  expect(order.worlds).toBeGreaterThan(0);
  expect(order.episodes).toBeGreaterThanOrEqual(EPISODES.length);
  expect(order.seed).toBeGreaterThan(0);
});

test("one episode is played alone and once, unless more is asked for", () => {
  const once = readChaosOrder(["--only", "kill-points", "--seed", "7"]);
  expect(once).toMatchObject({ worlds: 0, episodes: 1, seed: 7, only: "kill-points" });
  const args = ["--only", "kill-points", "--episodes", "5", "--worlds", "9"];
  expect(readChaosOrder(args)).toMatchObject({ episodes: 5, worlds: 9 });
});

test("numbers to be reached are played alone, unless more is asked for", () => {
  const args = ["--kills", "1200", "--database-kills", "100", "--minutes", "25"];
  const order = readChaosOrder(args);
  expect(order).toMatchObject({ worlds: 0, episodes: 0, minutes: 25 });
  expect(order.wanted).toEqual({ kills: 1200, "database-kills": 100 });
  expect(readChaosOrder([...args, "--worlds", "5"])).toMatchObject({ worlds: 5 });
  expect(readChaosOrder([])).toMatchObject({ wanted: {}, minutes: null });
});

test.each([
  [["--minutes", "5"], "--minutes is for reaching a number"],
  [["--kills", "many"], "--kills is a whole number"],
  [["--only", "nothing"], "no episode called nothing"],
  [["--seed", "x"], "--seed is a whole number"],
  [["--worlds", "-1"], "--worlds"],
  [["--what"], "--what"],
])("%j is refused in a sentence", (args, sentence) => {
  expect(() => readChaosOrder(args)).toThrow(sentence);
});

test("no two episodes share a name", () => {
  const all = [...EPISODES, ...DRILLS];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test("the page about chaos names every episode and says what it does", () => {
  const page = readFileSync(new URL("../../../../docs/chaos.md", import.meta.url), "utf8");
  for (const { name, about } of [...EPISODES, ...DRILLS])
    expect(page).toContain(`| \`${name}\` | ${about} |`);
});
