import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_GPU_SETTINGS as settings } from "./gpu-settings.ts";
import {
  judgeRefusal,
  pollDelayMs,
  type PollLoad,
  retryDelayMs,
  slotWaitMs,
} from "./retry-policy.ts";

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

const pollsOf = (load: PollLoad, ageMs = 0) => {
  const delayMs = (watched: boolean) =>
    pollDelayMs({ submittedAt: new Date(0), watched, now: new Date(ageMs), load }, settings);
  return { watchedMs: delayMs(true), unwatchedMs: delayMs(false) };
};

test("an attempt is polled fast while watched, and ever more rarely otherwise", () => {
  const one = { watched: 1, unwatched: 1 };
  expect(pollsOf(one, 0)).toEqual({ watchedMs: 1_000, unwatchedMs: 5_000 });
  expect(pollsOf(one, 120_000)).toEqual({ watchedMs: 1_000, unwatchedMs: 5_000 });
  expect(pollsOf(one, 600_000)).toEqual({ watchedMs: 1_000, unwatchedMs: 15_000 });
});

test("however many attempts there are, all of them together stay within the polls of a second", () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(2_000), fc.nat(900_000), (watched, unwatched, ageMs) => {
      const { watchedMs, unwatchedMs } = pollsOf({ watched, unwatched }, ageMs);
      const perSecond = (watched / watchedMs + unwatched / unwatchedMs) * 1_000;
      expect(perSecond).toBeLessThanOrEqual(settings.pollsPerSecond + 1e-9);
    }),
  );
});

test("who is watched keeps the pace while those nobody watches give way", () => {
  expect(pollsOf({ watched: 60, unwatched: 900 })).toEqual({
    watchedMs: 1_000,
    unwatchedMs: 30_000,
  });
  // And when too many are watched, the others are still asked about.
  expect(pollsOf({ watched: 720, unwatched: 90 })).toEqual({
    watchedMs: 10_000,
    unwatchedMs: 5_000,
  });
});

test("who stands further back for a slot looks more rarely, and a long backlog does not busy anybody", () => {
  expect(slotWaitMs(0)).toBe(1_000);
  expect(slotWaitMs(10)).toBe(3_500);
  expect(slotWaitMs(1_000_000)).toBe(300_000);
  const looksPerSecond = Array.from({ length: 10_000 }, (_, n) => 1_000 / slotWaitMs(n));
  expect(looksPerSecond.reduce((sum, looks) => sum + looks, 0)).toBeLessThan(70);
});
