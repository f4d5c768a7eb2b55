import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EPISODES } from "./episodes.ts";
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
  expect(once).toEqual({ worlds: 0, episodes: 1, seed: 7, only: "kill-points", story: false });
  const args = ["--only", "kill-points", "--episodes", "5", "--worlds", "9"];
  expect(readChaosOrder(args)).toMatchObject({ episodes: 5, worlds: 9 });
});

test.each([
  [["--only", "nothing"], "no episode called nothing"],
  [["--seed", "x"], "--seed is a whole number"],
  [["--worlds", "-1"], "--worlds"],
  [["--what"], "--what"],
])("%j is refused in a sentence", (args, sentence) => {
  expect(() => readChaosOrder(args)).toThrow(sentence);
});

test("no two episodes share a name", () => {
  expect(new Set(EPISODES.map(({ name }) => name)).size).toBe(EPISODES.length);
});

test("the page about chaos names every episode and says what it does", () => {
  const page = readFileSync(new URL("../../../../docs/chaos.md", import.meta.url), "utf8");
  for (const { name, about } of EPISODES) expect(page).toContain(`| \`${name}\` | ${about} |`);
});
