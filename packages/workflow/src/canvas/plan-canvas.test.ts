import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { CanvasPlan } from "./canvas-plan.ts";
import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
import type { PixelRect } from "./pixel-rect.ts";
import { MAX_OUTPUT_PIXELS, planCanvas, type CanvasPlanRequest } from "./plan-canvas.ts";
import { plannedMargins } from "./planned-margins.ts";
import { scaleToTotalPixels, totalPixelsSizes } from "./total-pixels.ts";
import {
  canvasToSource,
  outputToCanvas,
  sourceToCanvas,
  sourceToOutput,
} from "./transform-point.ts";

const softness = { growCanvasPx: 12, featherCanvasPx: 6 };
const OFFERED = ["original", "1:1", "4:5", "3:4", "4:3", "16:9", "9:16"];

/** 64×64 to 40 MP, up to 8:1 either way. */
const picture = fc
  .record({
    short: fc.oneof(fc.integer({ min: 64, max: 6324 }), fc.integer({ min: 64, max: 1200 })),
    shape: fc.double({ min: 1, max: 8, noNaN: true }),
    isTall: fc.boolean(),
  })
  .map(({ short, shape, isTall }) => {
    const long = Math.min(Math.floor(short * shape), Math.floor(40_000_000 / short));
    return isTall ? { width: short, height: long } : { width: long, height: short };
  });

const ratio = fc.oneof(
  fc.constantFrom(...OFFERED),
  fc
    .record({ a: fc.integer({ min: 1, max: 99 }), b: fc.integer({ min: 1, max: 99 }) })
    .filter(({ a, b }) => Math.max(a / b, b / a) <= 8)
    .map(({ a, b }) => `${a}:${b}`),
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Any picture with any mask (often a small one), ratio, edit or none, encoder sizes or megapixels. */
const request = fc
  .record({
    picture,
    ratio,
    editsPicture: fc.boolean(),
    megapixels: fc.option(fc.integer({ min: 2, max: 8 }), { freq: 2 }),
    mask: fc.option(fc.tuple(share, share, share, share, fc.boolean())),
  })
  .map(({ picture: size, mask, megapixels, ...rest }): CanvasPlanRequest => ({
    ...rest,
    picture: size,
    softness,
    ...(megapixels === null ? {} : { megapixels: megapixels / 4 }),
    maskBounds: mask === null ? null : boundsOf(size, mask),
  }));

function boundsOf(
  size: PixelSize,
  [x, y, w, h, isSmall]: [number, number, number, number, boolean],
): PixelRect {
  const part = (of: number, by: number): number =>
    Math.max(1, Math.round(of * by * (isSmall ? 0.1 : 1)));
  const width = part(size.width, w);
  const height = part(size.height, h);
  return {
    x: Math.round((size.width - width) * x),
    y: Math.round((size.height - height) * y),
    width,
    height,
  };
}

function plan(over: Partial<CanvasPlanRequest> & { picture: PixelSize }): CanvasPlan {
  return planCanvas({ maskBounds: null, ratio: "original", editsPicture: true, softness, ...over });
}

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
        const isScaled = placed.width !== source.width;
        if (!isScaled) expect(placed.height).toBe(source.height);
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
        expect(Math.min(...errors.map(Math.abs))).toBeLessThanOrEqual(0.5);
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

describe("another ratio", () => {
  const photo = { width: 4000, height: 3000 };
  const painted = { x: 1000, y: 1000, width: 200, height: 100 };

  test("gives the smallest picture that holds the source", () => {
    const square = plan({ picture: photo, ratio: "1:1" });
    expect(square.output).toEqual({ width: 4000, height: 4000 });
    expect(square.placed).toEqual({ x: 0, y: 500, width: 4000, height: 3000 });
    expect(square.canvas).toEqual({ width: 1024, height: 1024 });
    const wide = plan({ picture: photo, ratio: "16:9" });
    expect(wide.output).toEqual({ width: 5333, height: 3000 });
    expect(wide.placed).toEqual({ x: 666, y: 0, width: 4000, height: 3000 });
  });

  test("scales output and source down together beyond 40 MP", () => {
    const made = plan({ picture: { width: 7600, height: 5200 }, ratio: "9:16" });
    expect(made.output.width * made.output.height).toBeLessThanOrEqual(40_000_000);
    expect(made.placed.width).toBe(made.output.width);
    expect(made.placed.width).toBeLessThan(7600);
    expect(made.placed.width / made.placed.height).toBeCloseTo(7600 / 5200, 3);
    const small = plan({ picture: photo, ratio: "1:1", limits: { maxOutputPixels: 1_000_000 } });
    expect(small.output).toEqual({ width: 1000, height: 1000 });
    expect(small.placed).toEqual({ x: 0, y: 125, width: 1000, height: 750 });
  });

  test("leaves all to the model when the picture is edited and nothing painted", () => {
    expect(plan({ picture: photo, ratio: "1:1" }).mask).toBeNull();
  });

  test("masks the margins alone when nothing else changes", () => {
    const made = plan({ picture: photo, ratio: "1:1", editsPicture: false });
    expect(made.mask).toEqual({ growPx: 12, featherPx: 23 });
  });

  test("masks nothing at all when the picture has that ratio and nothing else changes", () => {
    const made = plan({ picture: photo, ratio: "4:3", editsPicture: false });
    expect(made.mask).toEqual({ growPx: 12, featherPx: 0 });
    expect(plannedMargins(made)).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
  });

  test("masks paint and margins when something is painted, and shows the model all of it", () => {
    for (const editsPicture of [true, false]) {
      const made = plan({ picture: photo, ratio: "1:1", maskBounds: painted, editsPicture });
      expect(made.mask).not.toBeNull();
      expect(made.crop).toEqual({ x: 0, y: 0, width: 4000, height: 4000 });
    }
    const met = plan({ picture: photo, ratio: "4:3", maskBounds: painted });
    expect(met.crop.width).toBeLessThan(4000);
  });
});

describe("growth and feather", () => {
  const side = fc.integer({ min: 1, max: 2000 });
  const size = { width: 4000, height: 3000 };

  test("leave at least three quarters of a painted area's width at full strength", () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const { mask } = plan({ picture: size, maskBounds: { x: 9, y: 9, width, height } });
        expect(mask?.featherPx ?? Infinity).toBeLessThanOrEqual(Math.min(width, height) / 8);
        expect(mask?.growPx ?? 0).toBeGreaterThanOrEqual(softness.growCanvasPx);
      }),
      runs,
    );
  });

  test("give the model two of its patches of 16 px to draw in, however narrow the paint", () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const made = plan({ picture: size, maskBounds: { x: 9, y: 9, width, height } });
        const scale = Math.min(
          made.scaled.width / made.crop.width,
          made.scaled.height / made.crop.height,
        );
        const drawn = Math.min(width, height) * scale + 2 * (made.mask?.growPx ?? 0);
        expect(drawn).toBeGreaterThanOrEqual(Math.min(48, Math.min(width, height) * scale + 24));
        if (Math.min(width, height) * scale >= 24) expect(made.mask?.growPx).toBe(12);
        else expect(drawn).toBeGreaterThanOrEqual(48);
      }),
      runs,
    );
  });

  test("are wider for a larger area, up to twice the service's feather", () => {
    const feather = (width: number): number =>
      plan({
        picture: { width: 1024, height: 1024 },
        maskBounds: { x: 0, y: 0, width, height: width },
      }).mask?.featherPx ?? -1;
    expect([7, 16, 40, 100, 256, 384, 900].map(feather)).toEqual([0, 2, 5, 6, 8, 12, 12]);
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
    expect(() => plan({ picture, ...over }), JSON.stringify(over)).toThrow(RangeError);
  }
});
