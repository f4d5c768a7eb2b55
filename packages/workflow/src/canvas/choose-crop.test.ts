import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { boundsOf, picture, plan, request, share } from "../../test/canvas-requests.ts";
import type { CanvasPlan } from "./canvas-plan.ts";
import { planCanvas } from "./plan-canvas.ts";

const runs = { numRuns: 3000 * inject("rounds") };

describe("a painted area without margins", () => {
  const photo = { width: 6000, height: 4000 };

  test("is seen at native resolution when it is small against a large photo", () => {
    const made = plan({
      picture: photo,
      maskBounds: { x: 2900, y: 1800, width: 200, height: 260 },
    });
    expect([made.crop.width, made.crop.height]).toEqual([made.canvas.width, made.canvas.height]);
    expect(made.scaled).toEqual(made.canvas);
    expect(made.crop.x).toBeLessThanOrEqual(2900 - 260);
    expect(made.crop.y).toBeLessThanOrEqual(1800 - 260);
  });

  test("is seen scaled down, without padding, when its surroundings exceed the canvas", () => {
    const made = plan({
      picture: photo,
      maskBounds: { x: 2500, y: 1500, width: 900, height: 700 },
    });
    expect(made.pad).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
    expect(made.crop.width).toBeGreaterThanOrEqual(2700);
    expect(made.scaled.width / made.crop.width).toBeGreaterThan(1392 / 6000 / 0.75);
  });

  test("is seen with the whole picture when a crop would show it hardly larger", () => {
    for (const [size, bounds] of [
      [photo, { x: 500, y: 500, width: 4000, height: 3000 }],
      [photo, { x: 0, y: 0, ...photo }],
      [
        { width: 1500, height: 1000 },
        { x: 700, y: 500, width: 50, height: 50 },
      ],
      [
        { width: 300, height: 200 },
        { x: 100, y: 100, width: 20, height: 20 },
      ],
    ] as const) {
      const made = plan({ picture: size, maskBounds: bounds });
      expect(made.crop).toEqual({ x: 0, y: 0, ...size });
    }
  });

  test("has a crop only for at least a third more pixels along a side", () => {
    fc.assert(
      fc.property(request, (each) => {
        const made = planCanvas(each);
        const whole = planCanvas({ ...each, maskBounds: null, editsPicture: true });
        const scale = ({ crop, scaled }: CanvasPlan): number =>
          Math.min(scaled.width / crop.width, scaled.height / crop.height);
        if (made.crop.width === made.output.width && made.crop.height === made.output.height) {
          return;
        }
        expect(scale(made)).toBeGreaterThan(scale(whole) / 0.75 - 1e-9);
      }),
      runs,
    );
  });

  test("has its own longer side around it in the crop, at least 128 px, as far as the picture goes", () => {
    fc.assert(
      fc.property(picture, share, share, share, share, (size, x, y, w, h) => {
        const bounds = boundsOf(size, [x, y, w, h, true]);
        const { crop } = plan({ picture: size, maskBounds: bounds });
        const context = Math.max(bounds.width, bounds.height, 128);
        expect(crop.x).toBeLessThanOrEqual(Math.max(0, bounds.x - context));
        expect(crop.y).toBeLessThanOrEqual(Math.max(0, bounds.y - context));
        expect(crop.x + crop.width).toBeGreaterThanOrEqual(
          Math.min(size.width, bounds.x + bounds.width + context),
        );
        expect(crop.y + crop.height).toBeGreaterThanOrEqual(
          Math.min(size.height, bounds.y + bounds.height + context),
        );
      }),
      runs,
    );
  });

  test("is never scaled up unless the picture itself is smaller than the canvas", () => {
    fc.assert(
      fc.property(picture, share, share, share, share, (size, x, y, w, h) => {
        const made = plan({ picture: size, maskBounds: boundsOf(size, [x, y, w, h, true]) });
        fc.pre(made.scaled.width > made.crop.width);
        const fits = made.canvas.width <= size.width && made.canvas.height <= size.height;
        expect(fits).toBe(false);
      }),
      runs,
    );
  });

  test("has no padding in a crop at or below native resolution, unless no canvas is that long", () => {
    fc.assert(
      fc.property(picture, share, share, share, share, (size, x, y, w, h) => {
        fc.pre(Math.max(size.width / size.height, size.height / size.width) <= 3);
        const { crop, canvas, pad } = plan({
          picture: size,
          maskBounds: boundsOf(size, [x, y, w, h, true]),
        });
        fc.pre(crop.width < size.width || crop.height < size.height);
        if (crop.width < canvas.width || crop.height < canvas.height) return;
        expect(pad).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
      }),
      runs,
    );
  });

  test("has a crop of its own shape: as much beside it as above and below", () => {
    const wide = plan({ picture: photo, maskBounds: { x: 3000, y: 2000, width: 300, height: 60 } });
    expect([wide.crop.width, wide.crop.height]).toEqual([1152, 912]);
    const tall = plan({ picture: photo, maskBounds: { x: 3000, y: 2000, width: 60, height: 300 } });
    expect([tall.crop.width, tall.crop.height]).toEqual([912, 1152]);
  });

  test("in a tiny, long picture still has 128 px on each side", () => {
    const { crop } = plan({
      picture: { width: 512, height: 64 },
      maskBounds: { x: 246, y: 20, width: 20, height: 20 },
    });
    expect(crop).toEqual({ x: 118, y: 0, width: 276, height: 64 });
  });

  test("in a corner keeps the crop inside the picture", () => {
    const made = plan({
      picture: photo,
      maskBounds: { x: 5950, y: 3960, width: 50, height: 40 },
    });
    expect(made.crop.x + made.crop.width).toBe(6000);
    expect(made.crop.y + made.crop.height).toBe(4000);
  });

  test("in a very long picture is cropped at the picture's full height", () => {
    const made = plan({
      picture: { width: 8000, height: 1000 },
      maskBounds: { x: 4000, y: 400, width: 120, height: 90 },
    });
    expect(made.scaled).toEqual({ width: made.crop.width, height: made.crop.height });
    const wide = plan({
      picture: { width: 8000, height: 1000 },
      maskBounds: { x: 3000, y: 400, width: 1500, height: 90 },
    });
    expect(wide.crop).toEqual({ x: 1500, y: 0, width: 4500, height: 1000 });
    expect(wide.pad.top).toBeGreaterThan(0);
  });
});
