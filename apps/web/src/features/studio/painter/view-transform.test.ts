import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fittedFrame,
  fittedView,
  keptInSight,
  pinched,
  toSource,
  wheelFactor,
  zoomedAt,
  zoomOf,
  type Stage,
  type StagePoint,
  type View,
} from "./view-transform.ts";

/** What {@link toSource} undoes. */
const toStage = (view: View, point: StagePoint): StagePoint => ({
  x: point.x * view.scale + view.x,
  y: point.y * view.scale + view.y,
});

const side = fc.integer({ min: 64, max: 8_000 });
const picture = fc.record({ width: side, height: side });
const stage: fc.Arbitrary<Stage> = fc.record({
  width: fc.integer({ min: 300, max: 2_000 }),
  height: fc.integer({ min: 300, max: 1_400 }),
  insetTop: fc.constantFrom(0, 56),
  insetLeft: fc.constantFrom(0, 56),
});
const spot = fc.record({
  x: fc.double({ min: -500, max: 2_500, noNaN: true }),
  y: fc.double({ min: -500, max: 2_500, noNaN: true }),
});

describe("the fitted frame", () => {
  test("shows the photo with its new margins whole, the photo where it lies in the frame", () => {
    const margin = fc.integer({ min: 0, max: 4_000 });
    fc.assert(
      fc.property(stage, picture, margin, margin, (s, p, left, top) => {
        const frame = { x: -left, y: -top, width: p.width + 2 * left, height: p.height + 2 * top };
        const view = fittedFrame(s, frame);
        const first = toStage(view, { x: frame.x, y: frame.y });
        const last = toStage(view, { x: frame.x + frame.width, y: frame.y + frame.height });
        expect(first.x).toBeGreaterThanOrEqual(s.insetLeft);
        expect(first.y).toBeGreaterThanOrEqual(s.insetTop);
        expect(last.x).toBeLessThanOrEqual(s.width);
        expect(last.y).toBeLessThanOrEqual(s.height);
        expect(toSource(view, first).x).toBeCloseTo(frame.x, 3);
      }),
    );
  });

  test("without margins is the fitted view itself", () => {
    const s = { width: 400, height: 600, insetTop: 56, insetLeft: 0 };
    const p = { width: 640, height: 480 };
    expect(fittedFrame(s, { x: 0, y: 0, ...p })).toEqual(fittedView(s, p));
  });
});

describe("the fitted view", () => {
  test("shows the whole picture clear of what floats over the stage", () => {
    fc.assert(
      fc.property(stage, picture, (s, p) => {
        const view = fittedView(s, p);
        const corner = toStage(view, { x: p.width, y: p.height });
        expect(view.x).toBeGreaterThanOrEqual(s.insetLeft);
        expect(view.y).toBeGreaterThanOrEqual(s.insetTop);
        expect(corner.x).toBeLessThanOrEqual(s.width);
        expect(corner.y).toBeLessThanOrEqual(s.height);
      }),
    );
  });
});

test("stage and source points are exact inverses in any view", () => {
  fc.assert(
    fc.property(stage, picture, spot, (s, p, at) => {
      const view = fittedView(s, p);
      const back = toStage(view, toSource(view, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }),
  );
});

test("zooming keeps the point under the pointer and stays between 0.5 and 16 times fitted", () => {
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(stage, picture, spot, factor, (s, p, anchor, by) => {
      const fitted = fittedView(s, p);
      const view = zoomedAt(fitted, { anchor, factor: by, fitted });
      const before = toSource(fitted, anchor);
      const after = toSource(view, anchor);
      expect(after.x).toBeCloseTo(before.x, 4);
      expect(after.y).toBeCloseTo(before.y, 4);
      expect(zoomOf(view, fitted)).toBeGreaterThanOrEqual(0.5 - 1e-9);
      expect(zoomOf(view, fitted)).toBeLessThanOrEqual(16 + 1e-9);
    }),
  );
});

test("two fingers keep what they hold: the source point between them stays between them", () => {
  const fitted = fittedView(
    { width: 390, height: 500, insetTop: 56, insetLeft: 0 },
    { width: 3_000, height: 2_000 },
  );
  const view = pinched(fitted, {
    from: [
      { x: 100, y: 200 },
      { x: 200, y: 200 },
    ],
    to: [
      { x: 90, y: 260 },
      { x: 290, y: 260 },
    ],
    fitted,
  });
  expect(zoomOf(view, fitted)).toBeCloseTo(2);
  const held = toSource(fitted, { x: 150, y: 200 });
  expect(toStage(view, held)).toEqual({ x: expect.closeTo(190), y: expect.closeTo(260) });
});

test("the picture can never be pushed out of sight", () => {
  const view = keptInSight(
    { scale: 0.1, x: 99_999, y: -99_999 },
    { stage: { width: 400, height: 500 }, picture: { width: 4_000, height: 3_000 } },
  );
  expect(view).toEqual({ scale: 0.1, x: 352, y: -252 });
});

test("thirty small trackpad steps zoom smoothly, less than twice", () => {
  expect(wheelFactor(-2) ** 30).toBeGreaterThan(1.2);
  expect(wheelFactor(-2) ** 30).toBeLessThan(2);
});
