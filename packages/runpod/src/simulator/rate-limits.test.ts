import { expect, test } from "vitest";

import { createManualClock } from "../../test/support/manual-clock.ts";
import { createRateLimits } from "./rate-limits.ts";

/** Begins as many calls as asked, all ended at once. @returns how many were let in */
function callMany(limits: ReturnType<typeof createRateLimits>, operation: string, count: number) {
  let letIn = 0;
  for (let n = 0; n < count; n += 1) {
    const end = limits.begin("ep1", operation);
    if (end === null) continue;
    letIn += 1;
    end();
  }
  return letIn;
}

test.each([
  ["run", 1_000],
  ["status", 2_000],
  ["cancel", 100],
])(
  "%s is let in %i times in any 10 s, and again as the window moves on",
  async (operation, most) => {
    const clock = createManualClock();
    const limits = createRateLimits(clock, true);
    expect(callMany(limits, operation, most - 10)).toBe(most - 10);
    await clock.advance(6_000);
    expect(callMany(limits, operation, 30)).toBe(10);
    await clock.advance(3_999);
    expect(callMany(limits, operation, 1)).toBe(0);
    await clock.advance(1);
    expect(callMany(limits, operation, most)).toBe(most - 10);
    expect(limits.counts()[operation]).toEqual({
      calls: most - 10 + 30 + 1 + most,
      limited: 20 + 1 + 10,
      mostAtOnce: 1,
    });
  },
);

test.each([
  ["run", 200],
  ["status", 400],
  ["cancel", 20],
])("%s is let in %i times at once", (operation, most) => {
  const limits = createRateLimits(createManualClock(), true);
  const ends = Array.from({ length: most }, () => limits.begin("ep1", operation));
  expect(ends.every((end) => end !== null)).toBe(true);
  expect(limits.begin("ep1", operation)).toBeNull();
  expect(limits.begin("ep2", operation)).not.toBeNull();
  ends[0]?.();
  expect(limits.begin("ep1", operation)).not.toBeNull();
});

test("without limits calls are counted and let in", () => {
  const limits = createRateLimits(createManualClock(), false);
  expect(callMany(limits, "cancel", 500)).toBe(500);
  expect(limits.counts()).toEqual({ cancel: { calls: 500, limited: 0, mostAtOnce: 1 } });
  limits.enforce(true);
  expect(callMany(limits, "cancel", 1)).toBe(0);
  expect(callMany(limits, "health", 5_000)).toBe(5_000);
});
