import { expect, test } from "vitest";
import { createLookAhead } from "./look-ahead.ts";

const at = (ms: number) => new Date(1_000_000 + ms);

test("the loop sleeps until the earliest job known, and no longer than it may", () => {
  const ahead = createLookAhead();
  expect(ahead.sleepMs({ lookedAt: at(0), now: at(3) }, 1_000)).toBe(1_000);
  ahead.note("later", at(500));
  ahead.note("sooner", at(200));
  expect(ahead.sleepMs({ lookedAt: at(0), now: at(3) }, 1_000)).toBe(197);
  ahead.forget("sooner");
  expect(ahead.sleepMs({ lookedAt: at(0), now: at(3) }, 1_000)).toBe(497);
  ahead.note("later", null);
  expect(ahead.sleepMs({ lookedAt: at(0), now: at(3) }, 1_000)).toBe(1_000);
});

test("what was due at the look has been tried; what became due meanwhile is looked at again at once", () => {
  const ahead = createLookAhead();
  ahead.note("tried", at(0));
  ahead.note("meanwhile", at(1));
  expect(ahead.sleepMs({ lookedAt: at(0), now: at(4) }, 1_000)).toBe(0);
  expect(ahead.sleepMs({ lookedAt: at(4), now: at(5) }, 1_000)).toBe(1_000);
});
