import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateEta, type EtaQuestion, learnTypicalRun, percentile } from "./eta.ts";

const now = new Date("2026-11-22T08:00:00.000Z");
const before = (ms: number) => new Date(now.getTime() - ms);
const waiting: EtaQuestion = {
  status: "queued",
  stage: "waiting",
  progress: null,
  aheadInBacklog: 0,
  slots: 20,
  submittedAt: null,
  startedAt: null,
  now,
};
const runs = Array.from({ length: 20 }, (_, n) => ({
  delayMs: 1_000,
  executionMs: 4_000 + n * 100,
  storeMs: null,
  isWoken: false,
}));

test("with little history the contract's own figure stands in", () => {
  const typical = learnTypicalRun([{ delayMs: 1, executionMs: 1, storeMs: 1, isWoken: false }], 10);
  expect(typical.draw.low).toBeLessThan(10_000);
  expect(typical.draw.high).toBeGreaterThan(10_000);
});

test("with history, waiting and drawing are learnt apart", () => {
  const typical = learnTypicalRun(runs, 600);
  expect(typical.wait).toEqual({ low: 1_000, high: 1_000 });
  expect(typical.draw.low).toBeCloseTo(4_190);
  expect(typical.draw.high).toBeCloseTo(5_710);
  expect(estimateEta(waiting, typical)).toEqual({ low: 5, high: 10 });
});

test("real steps shift the estimate", () => {
  const typical = learnTypicalRun(runs, 600);
  const drawing = {
    ...waiting,
    status: "running",
    stage: "drawing",
    startedAt: before(3_000),
  } as const;
  const early = estimateEta({ ...drawing, progress: 0.1 }, typical);
  const late = estimateEta({ ...drawing, progress: 0.9 }, typical);
  expect(early?.high).toBeGreaterThan(20);
  expect(late?.high).toBeLessThan(10);
});

test("a sleeping GPU adds minutes, a longer queue adds turns", () => {
  const typical = learnTypicalRun(runs, 600);
  const waking = estimateEta({ ...waiting, stage: "waking", submittedAt: now }, typical);
  expect(waking?.low).toBeGreaterThanOrEqual(60);
  const queued = estimateEta({ ...waiting, aheadInBacklog: 40, slots: 2 }, typical);
  expect(queued?.low).toBeGreaterThan(80);
});

test("waking and storing are learnt apart from waiting", () => {
  const woken = runs.map((run) => ({ ...run, delayMs: 90_000, storeMs: 7_000, isWoken: true }));
  const typical = learnTypicalRun([...runs, ...woken], 600);
  expect(typical.wait).toEqual({ low: 1_000, high: 1_000 });
  expect(typical.wake).toEqual({ low: 90_000, high: 90_000 });
  expect(typical.store).toEqual({ low: 7_000, high: 7_000 });
  // 90 s of waking, of which 30 are over, then 4.19 to 5.71 s of drawing and 7 s of storing.
  const waking = { ...waiting, stage: "waking", submittedAt: before(30_000) } as const;
  expect(estimateEta(waking, typical)).toEqual({ low: 71, high: 73 });
  const storing = { ...waiting, status: "storing", stage: "storing" } as const;
  expect(estimateEta({ ...storing, storingSince: before(3_000) }, typical)).toEqual({
    low: 4,
    high: 4,
  });
});

test("waking or storing that lasts far longer than it ever did gets no figure", () => {
  const typical = learnTypicalRun(runs, 600);
  const waking = { ...waiting, stage: "waking" } as const;
  expect(estimateEta({ ...waking, submittedAt: before(150_000) }, typical)).not.toBeNull();
  expect(estimateEta({ ...waking, submittedAt: before(320_000) }, typical)).toBeNull();
  const storing = { ...waiting, status: "storing", stage: "storing" } as const;
  expect(estimateEta({ ...storing, storingSince: before(4_000) }, typical)).toEqual({
    low: 0,
    high: 1,
  });
  expect(estimateEta({ ...storing, storingSince: before(60_000) }, typical)).toBeNull();
});

test("a job that takes far longer than any other gets no figure, an ended one neither", () => {
  const typical = learnTypicalRun(runs, 600);
  const drawing = {
    ...waiting,
    status: "running",
    stage: "drawing",
    startedAt: before(60_000),
  } as const;
  expect(estimateEta(drawing, typical)).toBeNull();
  expect(estimateEta({ ...waiting, status: "done", stage: "done" }, typical)).toBeNull();
});

test("an estimate is whole seconds, never negative, and never upside down", () => {
  const ms = fc.integer({ min: 0, max: 10_000_000 });
  const date = fc.option(
    ms.map((age) => before(age - 1_000)),
    { nil: null },
  );
  const question = fc.record({
    status: fc.constantFrom("queued", "running", "storing"),
    stage: fc.constantFrom("waiting", "waking", "submitting", "drawing", "storing"),
    progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    aheadInBacklog: fc.nat({ max: 10_000 }),
    slots: fc.nat({ max: 50 }),
    submittedAt: date,
    startedAt: date,
    storingSince: date,
    now: fc.constant(now),
  });
  const history = fc.array(
    fc.record({
      delayMs: ms,
      executionMs: ms,
      storeMs: fc.option(ms, { nil: null }),
      isWoken: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(question, history, (asked, past) => {
      const eta = estimateEta(asked, learnTypicalRun(past, 12));
      if (eta === null) return;
      expect(Number.isSafeInteger(eta.low) && Number.isSafeInteger(eta.high)).toBe(true);
      expect(eta.low).toBeGreaterThanOrEqual(0);
      expect(eta.high).toBeGreaterThanOrEqual(eta.low);
    }),
  );
});

test("a percentile lies between its neighbours", () => {
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(percentile([7], 0.9)).toBe(7);
});
