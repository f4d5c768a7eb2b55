import { expect, test } from "vitest";
import { keepSteady, keepSteadySamples, median, percentile, summarize } from "./statistics.ts";

test("percentiles are interpolated between neighbours, whatever the order", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(summarize([5])).toEqual({ p50: 5, p95: 5, p99: 5, max: 5, n: 1 });
  expect(() => median([])).toThrow("nothing");
});

test("a round whose floor is more than twice off the median floor is dropped, either way", () => {
  const rounds = [1, 1.2, 0.9, 2.1, 0.4, 2, 0.5];
  const { kept, dropped } = keepSteady(rounds, (floor) => floor);
  expect(kept).toEqual([1, 1.2, 0.9, 2, 0.5]);
  expect(dropped).toBe(2);
});

test("single shots are dropped by whole stretches, not one by one", () => {
  const samples = [1, 1, 9, 1, 1, 1, 5, 5, 5];
  const { kept, dropped } = keepSteadySamples(samples, (floor) => floor, 3);
  expect(kept).toEqual([1, 1, 9, 1, 1, 1]);
  expect(dropped).toBe(3);
});
