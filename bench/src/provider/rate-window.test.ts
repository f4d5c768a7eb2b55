import { expect, test } from "vitest";
import { createRateWindow } from "./rate-window.ts";

test("a call is let in once the oldest of the window has left it, and a refused one does not count", () => {
  const window = createRateWindow({ most: 3, windowMs: 10 });
  expect([0, 1, 2].map((ms) => window.take(ms))).toEqual([true, true, true]);
  expect([3, 9, 9.9].map((ms) => window.take(ms))).toEqual([false, false, false]);
  expect([10, 10, 11, 12, 12].map((ms) => window.take(ms))).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
