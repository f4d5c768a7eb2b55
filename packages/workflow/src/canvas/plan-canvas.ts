import type { CanvasPlan } from "./canvas-plan.ts";
import { chooseCrop, type CropFit } from "./choose-crop.ts";
import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
import { extendOutput, type ExtendedOutput } from "./extend-output.ts";
import { fitCanvas } from "./fit-canvas.ts";
import { maskSoftness, type MaskSoftness } from "./mask-softness.ts";
import { assertInside, assertPixelSize, type PixelRect } from "./pixel-rect.ts";
import { plannedMargins } from "./planned-margins.ts";
import { totalPixelsSizes } from "./total-pixels.ts";

/** Most pixels of a delivered picture; the same as of an upload. */
export const MAX_OUTPUT_PIXELS = 40_000_000;

export interface CanvasPlanRequest {
  /** The upright original. */
  picture: PixelSize;
  /** Bounding box of the painted pixels in source px, `null` without a mask. */
  maskBounds: PixelRect | null;
  /** `original`, or `16:9` and the like. */
  ratio: string;
  /** False when only margins are added and every pixel of the source must stay. */
  editsPicture: boolean;
  /** The growth must cover the blur in the service's graph. */
  softness: MaskSoftness;
  /** For graphs with ImageScaleToTotalPixels: the value of that node. Absent: the encoder's sizes. */
  megapixels?: number;
  limits?: { maxOutputPixels: number };
}

/**
 * Plans what the model sees of a picture, at which size, and where its answer goes. A ratio other
 * than `original` adds margins and cuts nothing off; the model then sees all of the new picture, as
 * it must know the scene to continue it. A painted area without margins may be seen in a crop (see
 * {@link chooseCrop}). When nothing but the ratio changes, the plan has a mask although nothing is
 * painted: the margins; should the picture have that ratio already, the mask is empty.
 * @throws {RangeError} on what is no picture size, no ratio, a mask outside the picture, or megapixels
 *   ComfyUI does not take.
 */
export function planCanvas(request: CanvasPlanRequest): CanvasPlan {
  const { picture, ratio, limits } = request;
  assertPixelSize(picture);
  if (request.maskBounds !== null) assertInside(request.maskBounds, picture);
  const extended = extendOutput(picture, {
    ratio,
    maxOutputPixels: limits?.maxOutputPixels ?? MAX_OUTPUT_PIXELS,
  });
  const painted =
    request.maskBounds === null ? null : onOutput(request.maskBounds, { picture, ...extended });
  const fit = seenByModel(request, { painted, ...extended });
  return {
    version: 2,
    source: { width: picture.width, height: picture.height },
    output: extended.output,
    placed: extended.placed,
    crop: fit.crop,
    scaled: fit.scaled,
    pad: fit.pad,
    canvas: fit.canvas,
    mask: softMask(request, { painted, extended, fit }),
  };
}

function seenByModel(
  request: CanvasPlanRequest,
  o: ExtendedOutput & { painted: PixelRect | null },
): CropFit {
  const mayCrop = request.megapixels === undefined && !hasMargins(o);
  if (o.painted !== null && mayCrop) return chooseCrop(o.output, o.painted);
  const { width, height } = o.output;
  const sizes =
    request.megapixels === undefined ? ENCODER_SIZES : totalPixelsSizes(request.megapixels);
  return { crop: { x: 0, y: 0, width, height }, ...fitCanvas(o.output, sizes) };
}

function softMask(
  request: CanvasPlanRequest,
  o: { painted: PixelRect | null; extended: ExtendedOutput; fit: CropFit },
): CanvasPlan["mask"] {
  const keepsSource = request.ratio !== "original" && !request.editsPicture;
  if (o.painted === null && !keepsSource) return null;
  const { left, top, right, bottom } = plannedMargins(o.extended);
  const margins = [left, top, right, bottom].filter((margin) => margin > 0);
  const { crop, scaled } = o.fit;
  return maskSoftness(
    {
      painted: o.painted,
      marginPx: margins.length === 0 ? null : Math.min(...margins),
      outputPerCanvasPx: Math.max(crop.width / scaled.width, crop.height / scaled.height),
    },
    request.softness,
  );
}

function hasMargins({ output, placed }: ExtendedOutput): boolean {
  return placed.width < output.width || placed.height < output.height;
}

/** The smallest rectangle of whole output px that covers one of source px. */
function onOutput(rect: PixelRect, o: ExtendedOutput & { picture: PixelSize }): PixelRect {
  const along = (at: number, length: number, f: { to: number; of: number; from: number }) => {
    const start = Math.floor((at * f.to) / f.of);
    return { start: f.from + start, length: Math.ceil(((at + length) * f.to) / f.of) - start };
  };
  const { picture, placed } = o;
  const x = along(rect.x, rect.width, { to: placed.width, of: picture.width, from: placed.x });
  const y = along(rect.y, rect.height, { to: placed.height, of: picture.height, from: placed.y });
  return { x: x.start, y: y.start, width: x.length, height: y.length };
}
