import type { CanvasPlan } from "./canvas-plan.ts";
import type { PixelSize } from "./encoder-sizes.ts";

/** How a part of a picture stands on a canvas; all in canvas px. */
export type CanvasFit = Pick<CanvasPlan, "canvas" | "scaled" | "pad">;

/**
 * Lays a part on the canvas of which it leaves the least unused, in the middle, never distorted
 * beyond the rounding of one side.
 * @throws {RangeError} when no canvas is offered.
 */
export function fitCanvas(part: PixelSize, canvases: readonly PixelSize[]): CanvasFit {
  let best: { canvas: PixelSize; scaled: PixelSize; padded: number } | null = null;
  for (const canvas of canvases) {
    const scaled = fitInside(part, canvas);
    const padded = 1 - (scaled.width * scaled.height) / (canvas.width * canvas.height);
    if (best === null || padded < best.padded) best = { canvas, scaled, padded };
  }
  if (best === null) throw new RangeError("no canvas size is offered");
  const { scaled } = best;
  const canvas = { width: best.canvas.width, height: best.canvas.height };
  const left = Math.floor((canvas.width - scaled.width) / 2);
  const top = Math.floor((canvas.height - scaled.height) / 2);
  const right = canvas.width - scaled.width - left;
  const bottom = canvas.height - scaled.height - top;
  return { canvas, scaled, pad: { left, top, right, bottom } };
}

/** The largest size of the part's own shape inside the canvas: one side fits exactly, the other is rounded. */
function fitInside(part: PixelSize, canvas: PixelSize): PixelSize {
  // Cross-multiplied, so that no rounded factor can push a side past the canvas.
  const fillsWidth = part.width * canvas.height >= part.height * canvas.width;
  return fillsWidth
    ? {
        width: canvas.width,
        height: Math.max(1, Math.round((part.height * canvas.width) / part.width)),
      }
    : {
        width: Math.max(1, Math.round((part.width * canvas.height) / part.height)),
        height: canvas.height,
      };
}
