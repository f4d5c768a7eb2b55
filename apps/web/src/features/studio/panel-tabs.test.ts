import { expect, test } from "vitest";
import { targetIndex } from "./panel-tabs.tsx";

test.each([
  ["ArrowRight", 2, 0],
  ["ArrowLeft", 0, 2],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["a", 1, null],
])("%s on tab %i leads to %s", (key, at, target) => {
  expect(targetIndex(key, { at, count: 3 })).toBe(target);
});
