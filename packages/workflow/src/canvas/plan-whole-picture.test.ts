import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { CanvasPlan } from "./canvas-plan.ts";
import { ENCODER_SIZES } from "./encoder-sizes.ts";
import type { PixelRect } from "./pixel-rect.ts";
import { planWholePicture } from "./plan-whole-picture.ts";
import { canvasToSource, sourceToCanvas } from "./transform-point.ts";

const softness = { growCanvasPx: 12, featherCanvasPx: 6 };

/** 64×64 to 40 MP, up to 8:1 either way. */
const picture = fc
  .record({
    short: fc.integer({ min: 64, max: 6324 }),
    ratio: fc.double({ min: 1, max: 8, noNaN: true }),
    isTall: fc.boolean(),
  })
  .map(({ short, ratio, isTall }) => {
    const long = Math.min(Math.floor(short * ratio), Math.floor(40_000_000 / short));
    return isTall ? { width: short, height: long } : { width: long, height: short };
  });

function plan(
  size: { width: number; height: number },
  maskBounds: PixelRect | null = null,
): CanvasPlan {
  return planWholePicture({ picture: size, maskBounds, softness });
}

test("the encoder keeps 28 portrait sizes and their transposes", () => {
  expect(ENCODER_SIZES).toHaveLength(55);
  for (const { width, height } of ENCODER_SIZES) {
    // What TextEncodeQwenImageEditPlus does: scale to the area of 1024², round each side to 8.
    const factor = Math.sqrt((1024 * 1024) / (width * height));
    expect([Math.round((width * factor) / 8) * 8, Math.round((height * factor) / 8) * 8]).toEqual([
      width,
      height,
    ]);
    expect([width % 16, height % 16]).toEqual([0, 0]);
  }
});

describe("any picture from 64×64 to 40 MP and up to 8:1", () => {
  test("has a sound plan: an encoder size, filled on one axis, never distorted beyond rounding", () => {
    fc.assert(
      fc.property(picture, (size) => {
        const made = CanvasPlan.parse(plan(size));
        expect(ENCODER_SIZES).toContainEqual(made.canvas);
        expect(made.output).toEqual(size);
        expect(made.crop).toEqual({ x: 0, y: 0, ...size });
        const { scaled, canvas, pad } = made;
        expect(scaled.width === canvas.width || scaled.height === canvas.height).toBe(true);
        const factor = Math.min(canvas.width / size.width, canvas.height / size.height);
        // Half a pixel, and what the factor loses as a binary fraction: 6160×2560 lies on the half.
        expect(Math.abs(scaled.width - size.width * factor)).toBeLessThan(0.5 + 1e-9);
        expect(Math.abs(scaled.height - size.height * factor)).toBeLessThan(0.5 + 1e-9);
        expect(Math.abs(pad.left - pad.right)).toBeLessThanOrEqual(1);
        expect(Math.abs(pad.top - pad.bottom)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 * inject("rounds"), examples: [[{ width: 6160, height: 2560 }]] },
    );
  });

  test("gets the encoder size that needs the least padding", () => {
    fc.assert(
      fc.property(picture, (size) => {
        const { scaled, canvas } = plan(size);
        const used = (scaled.width * scaled.height) / (canvas.width * canvas.height);
        for (const other of ENCODER_SIZES) {
          const factor = Math.min(other.width / size.width, other.height / size.height);
          const area = size.width * factor * size.height * factor;
          // Rounding a side by half a pixel moves the share by less than this.
          expect(used).toBeGreaterThan(area / (other.width * other.height) - 0.005);
        }
      }),
    );
  });

  test("up to 3:1 wastes less than three percent of the canvas", () => {
    fc.assert(
      fc.property(picture, (size) => {
        fc.pre(Math.max(size.width / size.height, size.height / size.width) <= 3);
        const { scaled, canvas } = plan(size);
        expect(scaled.width * scaled.height).toBeGreaterThan(0.97 * canvas.width * canvas.height);
      }),
      { numRuns: 2000 * inject("rounds") },
    );
  });

  test("travels to the canvas and back to within half a pixel", () => {
    fc.assert(
      fc.property(
        picture,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, u, v) => {
          const made = plan(size);
          const point = { x: u * size.width, y: v * size.height };
          const there = sourceToCanvas(made, point);
          const back = canvasToSource(made, there);
          expect(Math.hypot(back.x - point.x, back.y - point.y)).toBeLessThan(0.001);
          expect(there.x).toBeGreaterThanOrEqual(made.pad.left - 0.001);
          expect(there.x).toBeLessThanOrEqual(made.pad.left + made.scaled.width + 0.001);
          expect(there.y).toBeGreaterThanOrEqual(made.pad.top - 0.001);
          expect(there.y).toBeLessThanOrEqual(made.pad.top + made.scaled.height + 0.001);
        },
      ),
      { numRuns: 2000 * inject("rounds") },
    );
  });
});

test("corners of the source are corners of the scaled area", () => {
  const made = plan({ width: 4032, height: 3024 });
  expect(sourceToCanvas(made, { x: 0, y: 0 })).toEqual({ x: made.pad.left, y: made.pad.top });
  expect(sourceToCanvas(made, { x: 4032, y: 3024 })).toEqual({
    x: made.canvas.width - made.pad.right,
    y: made.canvas.height - made.pad.bottom,
  });
});

test("the feather never eats a small painted area from both sides", () => {
  const side = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { mask } = plan({ width: 4000, height: 3000 }, { x: 0, y: 0, width, height });
      expect(mask?.featherPx ?? Infinity).toBeLessThanOrEqual(Math.min(width, height) / 8);
      expect(mask?.growPx).toBe(12);
    }),
  );
  expect(plan({ width: 4000, height: 3000 }).mask).toBeNull();
});

test("the plans of released versions stay what they were", () => {
  const released = [
    [
      [4032, 3024],
      [1184, 880],
      [1173, 880],
      [5, 0, 6, 0],
    ],
    [
      [900, 600],
      [1264, 832],
      [1248, 832],
      [8, 0, 8, 0],
    ],
    [
      [64, 512],
      [592, 1776],
      [222, 1776],
      [185, 0, 185, 0],
    ],
    [
      [6160, 2560],
      [1600, 656],
      [1579, 656],
      [10, 0, 11, 0],
    ],
  ];
  for (const [[width = 0, height = 0] = [], canvas, scaled, pad] of released) {
    const made = plan({ width, height }, { x: 0, y: 0, width: width / 2, height: 20 });
    expect([made.canvas.width, made.canvas.height]).toEqual(canvas);
    expect([made.scaled.width, made.scaled.height]).toEqual(scaled);
    expect([made.pad.left, made.pad.top, made.pad.right, made.pad.bottom]).toEqual(pad);
    expect(made.mask).toEqual({ growPx: 12, featherPx: 2 });
    expect(made.crop).toEqual({ x: 0, y: 0, width, height });
  }
});

test("what is no picture size is refused", () => {
  for (const width of [0, -1, 1.5, Number.NaN, Infinity]) {
    expect(() => plan({ width, height: 100 })).toThrow(RangeError);
  }
});

test("a stored plan whose numbers disagree is refused when read", () => {
  const made = plan({ width: 1000, height: 800 });
  expect(
    CanvasPlan.safeParse({ ...made, pad: { ...made.pad, left: made.pad.left + 1 } }).success,
  ).toBe(false);
  expect(CanvasPlan.safeParse({ ...made, crop: { ...made.crop, x: 1 } }).success).toBe(false);
  expect(CanvasPlan.safeParse({ ...made, version: 3 }).success).toBe(false);
});
