import fc from "fast-check";

import type { CanvasPlan } from "../src/canvas/canvas-plan.ts";
import type { PixelSize } from "../src/canvas/encoder-sizes.ts";
import type { PixelRect } from "../src/canvas/pixel-rect.ts";
import { planCanvas, type CanvasPlanRequest } from "../src/canvas/plan-canvas.ts";

/** The growth and feather of the Qwen services. */
export const softness = { growCanvasPx: 12, featherCanvasPx: 6 };
const OFFERED_RATIOS = ["original", "1:1", "4:5", "3:4", "4:3", "16:9", "9:16"];

/** 64×64 to 40 MP, up to 8:1 either way. */
export const picture = fc
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
  fc.constantFrom(...OFFERED_RATIOS),
  fc
    .record({ a: fc.integer({ min: 1, max: 99 }), b: fc.integer({ min: 1, max: 99 }) })
    .filter(({ a, b }) => Math.max(a / b, b / a) <= 8)
    .map(({ a, b }) => `${a}:${b}`),
);

/** A number from 0 to 1. */
export const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Any picture with any mask (often a small one), ratio, edit or none, encoder sizes or megapixels. */
export const request = fc
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

/** A box inside the picture: where it lies and how large it is, each as a share. */
export function boundsOf(
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

/** Plans an edit of the whole picture but for what is said. */
export function plan(over: Partial<CanvasPlanRequest> & { picture: PixelSize }): CanvasPlan {
  return planCanvas({ maskBounds: null, ratio: "original", editsPicture: true, softness, ...over });
}
