import type { CanvasPlan } from "./canvas-plan.ts";
import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
import { fitCanvas } from "./fit-canvas.ts";
import type { MaskSoftness } from "./mask-softness.ts";
import { assertPixelSize, type PixelRect } from "./pixel-rect.ts";

export interface WholePictureRequest {
  picture: PixelSize;
  /** Bounding box of the painted pixels in source px, `null` without a mask. */
  maskBounds: PixelRect | null;
  softness: MaskSoftness;
}

/**
 * Plans an edit in which the model sees the whole picture at the encoder size that needs the least
 * padding, with one growth and feather for every mask. Released services use it: its answers stay.
 * @throws {RangeError} when the picture's sides are not positive whole numbers.
 */
export function planWholePicture(request: WholePictureRequest): CanvasPlan {
  const { picture, maskBounds, softness } = request;
  assertPixelSize(picture);
  const { canvas, scaled, pad } = fitCanvas(picture, ENCODER_SIZES);
  return {
    version: 2,
    source: { width: picture.width, height: picture.height },
    placed: { x: 0, y: 0, width: picture.width, height: picture.height },
    crop: { x: 0, y: 0, width: picture.width, height: picture.height },
    scaled,
    pad,
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
