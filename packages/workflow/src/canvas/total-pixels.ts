import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";

/** What ComfyUI takes for a megapixel. */
const MEGAPIXEL = 1024 * 1024;

/** `resolution_steps` of the graphs: the model's patch of 2×2 latent pixels, each 8 px wide. */
export const RESOLUTION_STEPS = 16;

/** The longest shape the model draws well; the same as of the encoder's sizes. */
const LONGEST_SHAPE = 3;

/**
 * The size ComfyUI's ImageScaleToTotalPixels makes of a picture, 0 when a side vanishes.
 * @see https://github.com/comfyanonymous/ComfyUI/blob/v0.14.1/comfy_extras/nodes_post_processing.py
 */
export function scaleToTotalPixels(
  picture: PixelSize,
  o: { megapixels: number; resolutionSteps: number },
): PixelSize {
  const factor = Math.sqrt((o.megapixels * MEGAPIXEL) / (picture.width * picture.height));
  const side = (length: number): number =>
    roundHalfToEven((length * factor) / o.resolutionSteps) * o.resolutionSteps;
  return { width: side(picture.width), height: side(picture.height) };
}

/**
 * The canvas sizes that ImageScaleToTotalPixels leaves unchanged at {@link RESOLUTION_STEPS}, so
 * that nothing but the plan ever scales the picture. At 1 megapixel they are those the encoder keeps
 * as well; at any other the encoder resamples its own copy whatever the size.
 * @throws {RangeError} outside the node's own range of 0.01 to 16 megapixels, or when there is none.
 */
export function totalPixelsSizes(megapixels: number): readonly PixelSize[] {
  if (!(megapixels >= 0.01 && megapixels <= 16)) {
    throw new RangeError(`not a number of megapixels: ${megapixels}`);
  }
  if (megapixels === 1) return ENCODER_SIZES;
  const sizes: PixelSize[] = [];
  // One step more: a size that is kept may have a few more pixels than asked for.
  const most = Math.sqrt(megapixels * MEGAPIXEL * LONGEST_SHAPE) + RESOLUTION_STEPS;
  for (let width = RESOLUTION_STEPS; width <= most; width += RESOLUTION_STEPS) {
    const height = (megapixels * MEGAPIXEL) / width;
    const nearest = Math.round(height / RESOLUTION_STEPS) * RESOLUTION_STEPS;
    for (const each of [nearest - RESOLUTION_STEPS, nearest, nearest + RESOLUTION_STEPS]) {
      if (each > 0 && isKept({ width, height: each }, megapixels)) {
        sizes.push({ width, height: each });
      }
    }
  }
  if (sizes.length === 0) throw new RangeError(`no size of ${megapixels} megapixels is kept`);
  return sizes;
}

function isKept(size: PixelSize, megapixels: number): boolean {
  if (Math.max(size.width / size.height, size.height / size.width) > LONGEST_SHAPE) return false;
  const made = scaleToTotalPixels(size, { megapixels, resolutionSteps: RESOLUTION_STEPS });
  return made.width === size.width && made.height === size.height;
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
