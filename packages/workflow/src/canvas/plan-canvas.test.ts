import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { picture, plan, request, share } from "../../test/canvas-requests.ts";
import { CanvasPlan } from "./canvas-plan.ts";
import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
import { MAX_OUTPUT_PIXELS, planCanvas, type CanvasPlanRequest } from "./plan-canvas.ts";
import { plannedMargins } from "./planned-margins.ts";
import { scaleToTotalPixels, totalPixelsSizes } from "./total-pixels.ts";
import {
  canvasToSource,
  outputToCanvas,
  sourceToCanvas,
  sourceToOutput,
} from "./transform-point.ts";

const runs = { numRuns: 3000 * inject("rounds") };

describe("any picture, mask and ratio", () => {
  test("has a sound plan on a size nothing rescales, within the limits", () => {
    fc.assert(
      fc.property(request, (each) => {
        const made = CanvasPlan.parse(planCanvas(each));
        const offered =
          each.megapixels === undefined ? ENCODER_SIZES : totalPixelsSizes(each.megapixels);
        expect(offered).toContainEqual(made.canvas);
        expect(made.source).toEqual(each.picture);
        expect(made.output.width * made.output.height).toBeLessThanOrEqual(MAX_OUTPUT_PIXELS);
        if (each.megapixels !== undefined) {
          const kept = scaleToTotalPixels(made.canvas, {
            megapixels: each.megapixels,
            resolutionSteps: 16,
          });
          expect(kept).toEqual(made.canvas);
        }
      }),
      runs,
    );
  });

  test("is never distorted: one factor for both axes, but for half a pixel of rounding", () => {
    const apart = (from: PixelSize, to: PixelSize): number =>
      Math.min(
        Math.abs(from.height * (to.width / from.width) - to.height),
        Math.abs(from.width * (to.height / from.height) - to.width),
      );
    fc.assert(
      fc.property(request, (each) => {
        const { crop, scaled, canvas, pad, placed, source } = planCanvas(each);
        // Half a pixel, and what the factor loses as a binary fraction.
        expect(apart(crop, scaled)).toBeLessThan(0.5 + 1e-9);
        expect(apart(source, placed)).toBeLessThan(0.5 + 1e-9);
        expect(scaled.width === canvas.width || scaled.height === canvas.height).toBe(true);
        expect(Math.abs(pad.left - pad.right)).toBeLessThanOrEqual(1);
        expect(Math.abs(pad.top - pad.bottom)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test("travels to the canvas and back to within half a pixel, whole canvas pixels included", () => {
    fc.assert(
      fc.property(request, share, share, (each, u, v) => {
        const made = planCanvas(each);
        const point = { x: u * each.picture.width, y: v * each.picture.height };
        const back = canvasToSource(made, sourceToCanvas(made, point));
        expect(Math.hypot(back.x - point.x, back.y - point.y)).toBeLessThan(0.001);
        const onOutput = {
          x: made.crop.x + u * made.crop.width,
          y: made.crop.y + v * made.crop.height,
        };
        const there = outputToCanvas(made, onOutput);
        expect(there.x).toBeGreaterThanOrEqual(made.pad.left - 0.001);
        expect(there.x).toBeLessThanOrEqual(made.pad.left + made.scaled.width + 0.001);
        expect(there.y).toBeGreaterThanOrEqual(made.pad.top - 0.001);
        expect(there.y).toBeLessThanOrEqual(made.pad.top + made.scaled.height + 0.001);
      }),
      runs,
    );
  });

  test("has the painted area, grown, inside what the model sees", () => {
    fc.assert(
      fc.property(request, (each) => {
        const { maskBounds } = each;
        fc.pre(maskBounds !== null);
        const made = planCanvas(each);
        const { output, crop, scaled } = made;
        const from = sourceToOutput(made, maskBounds);
        const to = sourceToOutput(made, {
          x: maskBounds.x + maskBounds.width,
          y: maskBounds.y + maskBounds.height,
        });
        const grow =
          (made.mask?.growPx ?? 0) *
          Math.max(crop.width / scaled.width, crop.height / scaled.height);
        expect(crop.x).toBeLessThanOrEqual(Math.max(0, from.x - grow) + 1e-6);
        expect(crop.y).toBeLessThanOrEqual(Math.max(0, from.y - grow) + 1e-6);
        expect(crop.x + crop.width).toBeGreaterThanOrEqual(
          Math.min(output.width, to.x + grow) - 1e-6,
        );
        expect(crop.y + crop.height).toBeGreaterThanOrEqual(
          Math.min(output.height, to.y + grow) - 1e-6,
        );
      }),
      runs,
    );
  });

  test("loses nothing of the source: the output has the ratio and holds it in its middle", () => {
    fc.assert(
      fc.property(request, (each) => {
        const made = planCanvas(each);
        const { output, placed, source } = made;
        const { left, top, right, bottom } = plannedMargins(made);
        expect(Math.abs(left - right)).toBeLessThanOrEqual(1);
        expect(Math.abs(top - bottom)).toBeLessThanOrEqual(1);
        expect(Math.min(left + right, top + bottom)).toBeLessThanOrEqual(1);
        const isScaled = placed.width !== source.width || placed.height !== source.height;
        if (each.ratio === "original") {
          expect([output, placed]).toEqual([source, { x: 0, y: 0, ...source }]);
          return;
        }
        const [a = 0, b = 0] = each.ratio.split(":").map(Number);
        // The side that holds the source is whole; the other is what the ratio makes of it.
        const errors = [
          (output.width * b) / a - output.height,
          (output.height * a) / b - output.width,
        ];
        // A source that lacks but one pixel of the ratio is left as it is.
        const isAsBefore = output.width === source.width && output.height === source.height;
        expect(Math.min(...errors.map(Math.abs))).toBeLessThanOrEqual(isAsBefore ? 1.5 : 0.5);
        const wanted = Math.max(
          source.width * source.height,
          (source.width ** 2 * b) / a,
          (source.height ** 2 * a) / b,
        );
        if (isScaled)
          expect(output.width * output.height).toBeGreaterThan(0.99 * MAX_OUTPUT_PIXELS);
        else
          expect(output.width * output.height).toBeLessThan(
            wanted + Math.max(output.width, output.height),
          );
      }),
      runs,
    );
  });

  test("shows the model the whole picture whenever margins are to be filled", () => {
    fc.assert(
      fc.property(request, (each) => {
        const made = planCanvas(each);
        const hasMargins = Object.values(plannedMargins(made)).some((margin) => margin > 0);
        fc.pre(hasMargins || each.maskBounds === null || each.megapixels !== undefined);
        expect(made.crop).toEqual({ x: 0, y: 0, ...made.output });
      }),
      runs,
    );
  });
});

describe("with megapixels", () => {
  test("sees the whole picture at that many, mask or not", () => {
    const made = plan({ picture: { width: 3000, height: 2000 }, megapixels: 2 });
    expect(made.canvas.width * made.canvas.height).toBeGreaterThan(1.98 * 1024 * 1024);
    expect(made.canvas.width * made.canvas.height).toBeLessThan(2.03 * 1024 * 1024);
    expect(made.crop).toEqual({ x: 0, y: 0, width: 3000, height: 2000 });
  });

  test("wastes less than four percent of the canvas up to 2.9:1", () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 2, max: 8 }), (size, quarters) => {
        fc.pre(Math.max(size.width / size.height, size.height / size.width) <= 2.9);
        const { scaled, canvas } = plan({ picture: size, megapixels: quarters / 4 });
        expect(scaled.width * scaled.height).toBeGreaterThan(0.96 * canvas.width * canvas.height);
      }),
      runs,
    );
  });
});

test("what cannot be planned is refused", () => {
  const picture = { width: 100, height: 100 };
  const refused: Partial<CanvasPlanRequest>[] = [
    { picture: { width: 0, height: 9 } },
    { picture: { width: 1.5, height: 9 } },
    { ratio: "" },
    { ratio: "0:1" },
    { ratio: "16/9" },
    { ratio: "1:1 " },
    { ratio: "1:1000" },
    { maskBounds: { x: 90, y: 0, width: 11, height: 1 } },
    { maskBounds: { x: -1, y: 0, width: 5, height: 5 } },
    { maskBounds: { x: 0, y: 0, width: 0, height: 5 } },
    { megapixels: 0 },
    { megapixels: 17 },
    { megapixels: Number.NaN },
  ];
  for (const over of refused) {
    expect(() => plan({ picture, ...over })).toThrow(RangeError);
  }
});
