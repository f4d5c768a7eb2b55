import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_GPU_SETTINGS as settings } from "./gpu-settings.ts";
import { judgeRefusal, pollDelayMs, retryDelayMs, slotWaitMs } from "./retry-policy.ts";

describe("a refused submit", () => {
  test.each([
    [null, { then: "retry", alert: false, pausesAll: true }],
    [429, { then: "retry", alert: false, pausesAll: true }],
    [401, { then: "retry", alert: true, pausesAll: true }],
    [403, { then: "retry", alert: true, pausesAll: true }],
    [404, { then: "retry", alert: true, pausesAll: true }],
    [400, { then: "give-up", alert: true, pausesAll: false }],
    [413, { then: "give-up", alert: true, pausesAll: false }],
    [422, { then: "give-up", alert: true, pausesAll: false }],
  ] as const)("with %s means %o", (status, verdict) => {
    expect(judgeRefusal(status)).toEqual(verdict);
  });
});

test("the wait doubles, is spread over its upper half, and has a ceiling", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 40 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const delayMs = retryDelayMs({ failures, retryAfterMs: null, random, settings });
        const whole = Math.min(60_000, 2_000 * 2 ** failures);
        expect(delayMs).toBeGreaterThanOrEqual(whole / 2);
        expect(delayMs).toBeLessThanOrEqual(whole);
      },
    ),
  );
});

test("what the other side asks for comes before our own wait", () => {
  expect(retryDelayMs({ failures: 9, retryAfterMs: 700, random: 0.9, settings })).toBe(700);
});

test("a date far in the future is waited for five minutes, and tried again", () => {
  const retryAfterMs = Date.parse("Fri, 31 Dec 9999 23:59:59 GMT") - Date.UTC(2026, 0, 1);
  expect(retryDelayMs({ failures: 0, retryAfterMs, random: 0, settings })).toBe(300_000);
});

test("an attempt is polled fast while watched, and ever more rarely otherwise", () => {
  const submittedAt = new Date(0);
  const at = (ms: number, watched: boolean) =>
    pollDelayMs({ submittedAt, watched, now: new Date(ms) }, settings);
  expect(at(0, true)).toBe(1_000);
  expect(at(600_000, true)).toBe(1_000);
  expect(at(120_000, false)).toBe(5_000);
  expect(at(120_001, false)).toBe(15_000);
});

test("who stands further back for a slot looks more rarely", () => {
  expect(slotWaitMs(0)).toBe(1_000);
  expect(slotWaitMs(10)).toBe(3_500);
  expect(slotWaitMs(10_000)).toBe(15_000);
});
