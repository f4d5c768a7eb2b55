import { expect, test } from "vitest";
import { countFailure } from "./count-failure.ts";

test("failures in a row are counted by job; of too many jobs the one that failed longest ago is forgotten", () => {
  const failures = new Map<string, number>();
  const counts = ["a", "b", "c", "a", "d", "b"].map((jobId) => countFailure(failures, jobId, 3));
  expect(counts).toEqual([1, 1, 1, 2, 1, 1]);
  expect([...failures]).toEqual([
    ["a", 2],
    ["d", 1],
    ["b", 1],
  ]);
});
