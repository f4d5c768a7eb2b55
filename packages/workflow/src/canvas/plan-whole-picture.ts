import type { CanvasPlan } from "./canvas-plan.ts";
import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";

/** A rectangle in whole pixels; `x`, `y` is its upper left corner. */
export interface PixelRect extends PixelSize {
  x: number;
  y: number;
}

/** How softly a painted area is handed to the model and pasted back, both in canvas px. */
export interface MaskSoftness {
  growCanvasPx: number;
  featherCanvasPx: number;
}

export interface WholePictureRequest {
  picture: PixelSize;
  /** Bounding box of the painted pixels in source px, `null` without a mask. */
  maskBounds: PixelRect | null;
  softness: MaskSoftness;
}

/**
 * Plans an edit in which the model sees the whole picture at the encoder size that needs the least
 * padding.
 * @throws {RangeError} when the picture's sides are not positive whole numbers.
 */
export function planWholePicture(request: WholePictureRequest): CanvasPlan {
  const { picture, maskBounds, softness } = request;
  assertPixelSize(picture);
  const { canvas, scaled } = bestEncoderFit(picture);
  const left = Math.floor((canvas.width - scaled.width) / 2);
  const top = Math.floor((canvas.height - scaled.height) / 2);
  return {
    version: 2,
    source: { width: picture.width, height: picture.height },
    placed: { x: 0, y: 0, width: picture.width, height: picture.height },
    crop: { x: 0, y: 0, width: picture.width, height: picture.height },
    scaled,
    pad: {
      left,
      top,
      right: canvas.width - scaled.width - left,
      bottom: canvas.height - scaled.height - top,
    },
    canvas,
    output: { width: picture.width, height: picture.height },
    mask:
      maskBounds === null
        ? null
        : {
            growPx: softness.growCanvasPx,
            featherPx: inwardFeatherPx(maskBounds, {
              featherCanvasPx: softness.featherCanvasPx,
              sourcePerCanvasPx: Math.max(
                picture.width / scaled.width,
                picture.height / scaled.height,
              ),
            }),
          },
  };
}

function assertPixelSize({ width, height }: PixelSize): void {
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`not a picture size: ${width}x${height}`);
  }
}

function bestEncoderFit(picture: PixelSize): { canvas: PixelSize; scaled: PixelSize } {
  let best: { canvas: PixelSize; scaled: PixelSize; padded: number } | null = null;
  for (const canvas of ENCODER_SIZES) {
    const scaled = fitInside(picture, canvas);
    const padded = 1 - (scaled.width * scaled.height) / (canvas.width * canvas.height);
    if (best === null || padded < best.padded) best = { canvas, scaled, padded };
  }
  if (best === null) throw new RangeError("no encoder size is known");
  return { canvas: { ...best.canvas }, scaled: best.scaled };
}

/** The largest size of the picture's own shape inside the canvas: one side fits exactly, the other is rounded. */
function fitInside(picture: PixelSize, canvas: PixelSize): PixelSize {
  // Cross-multiplied, so that no rounded factor can push a side past the canvas.
  const fillsWidth = picture.width * canvas.height >= picture.height * canvas.width;
  return fillsWidth
    ? {
        width: canvas.width,
        height: Math.max(1, Math.round((picture.height * canvas.width) / picture.width)),
      }
    : {
        width: Math.max(1, Math.round((picture.width * canvas.height) / picture.height)),
        height: canvas.height,
      };
}

/**
 * The feather in source px: as wide as asked on the canvas, but never so wide that it would eat a
 * small painted area from both sides.
 */
function inwardFeatherPx(
  bounds: PixelRect,
  o: { featherCanvasPx: number; sourcePerCanvasPx: number },
): number {
  const wanted = Math.round(o.featherCanvasPx * o.sourcePerCanvasPx);
  const affordable = Math.floor(Math.min(bounds.width, bounds.height) / 8);
  return Math.max(0, Math.min(Math.max(1, wanted), affordable));
}
