import { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
import { fitCanvas, type CanvasFit } from "./fit-canvas.ts";
import type { PixelRect } from "./pixel-rect.ts";

/** A part of the picture and how it stands on the canvas. */
export interface CropFit extends CanvasFit {
  crop: PixelRect;
}

/** What the model must see of the surroundings to continue them: a mask of a few pixels still gets this, px. */
const LEAST_CONTEXT_PX = 128;

/**
 * The model knows a scene better when it sees all of it, so a crop must show the painted area with
 * at least a third more pixels along a side than the whole picture would.
 */
const WORTH_SCALE = 0.75;

/**
 * Chooses what the model sees for an edit of a painted area: its surroundings at native resolution
 * when it is small against a large picture, otherwise the whole picture. The crop holds the painted
 * area and, as far as the picture goes, its own longer side of context around it (at least 128 px);
 * it is scaled down when that is more than a canvas holds, and scaled up only when the picture
 * itself is smaller than the canvas.
 * @param bounds the painted pixels' bounding box, inside the picture.
 */
export function chooseCrop(picture: PixelSize, bounds: PixelRect): CropFit {
  const all: CropFit = {
    crop: { x: 0, y: 0, width: picture.width, height: picture.height },
    ...fitCanvas(picture, ENCODER_SIZES),
  };
  const needed = withContext(bounds, picture);
  const part = cropWithoutPadding(picture, needed) ?? {
    crop: needed,
    ...fitCanvas(needed, ENCODER_SIZES),
  };
  return scaleOf(all) < WORTH_SCALE * scaleOf(part) ? part : all;
}

/** Canvas px per picture px, of the axis scaled down most. */
function scaleOf({ crop, scaled }: CropFit): number {
  return Math.min(scaled.width / crop.width, scaled.height / crop.height);
}

function withContext(bounds: PixelRect, picture: PixelSize): PixelRect {
  const context = Math.max(bounds.width, bounds.height, LEAST_CONTEXT_PX);
  const x = Math.max(0, bounds.x - context);
  const y = Math.max(0, bounds.y - context);
  return {
    x,
    y,
    width: Math.min(picture.width, bounds.x + bounds.width + context) - x,
    height: Math.min(picture.height, bounds.y + bounds.height + context) - y,
  };
}

/**
 * The crop of an encoder size's own shape that holds what is needed and whose scale is nearest to 1,
 * or `null` when none fits into the picture. Of several at the same scale, the one whose context is
 * most even.
 */
function cropWithoutPadding(picture: PixelSize, needed: PixelRect): CropFit | null {
  let best: { size: PixelSize; canvas: PixelSize; zoom: number; uneven: number } | null = null;
  for (const canvas of ENCODER_SIZES) {
    const size = sizeOfShape(picture, { canvas, needed });
    if (size === null) continue;
    const zoom = Math.abs(Math.log(size.width / canvas.width));
    const uneven = Math.abs(size.width - needed.width - (size.height - needed.height));
    const isBetter =
      best === null || zoom < best.zoom || (zoom === best.zoom && uneven < best.uneven);
    if (isBetter) best = { size, canvas, zoom, uneven };
  }
  if (best === null) return null;
  return { crop: around(needed, best.size, picture), ...fitCanvas(best.size, [best.canvas]) };
}

/**
 * The size of a canvas's shape, nearest to the canvas itself, that holds what is needed and lies in
 * the picture. The short side is chosen and the long one rounded: so the error stays under half a
 * canvas px on both.
 */
function sizeOfShape(
  picture: PixelSize,
  o: { canvas: PixelSize; needed: PixelSize },
): PixelSize | null {
  const isTall = o.canvas.height > o.canvas.width;
  const canvas = axes(o.canvas, isTall);
  const needed = axes(o.needed, isTall);
  const room = axes(picture, isTall);
  const least = Math.max(needed.short, Math.ceil((needed.long * canvas.short) / canvas.long));
  const most = Math.min(room.short, Math.floor((room.long * canvas.short) / canvas.long));
  if (least > most) return null;
  const short = Math.min(Math.max(canvas.short, least), most);
  const long = Math.round((short * canvas.long) / canvas.short);
  return isTall ? { width: short, height: long } : { width: long, height: short };
}

/** Sides by the canvas's shape; of another rectangle `short` may well be the longer one. */
function axes({ width, height }: PixelSize, isTall: boolean): { short: number; long: number } {
  return isTall ? { short: width, long: height } : { short: height, long: width };
}

/** Lays a size over what is needed, the needed part in its middle as far as the picture goes. */
function around(needed: PixelRect, size: PixelSize, picture: PixelSize): PixelRect {
  const start = (at: number, length: number, o: { side: number; room: number }): number => {
    const wanted = Math.round(at + length / 2 - o.side / 2);
    return Math.min(Math.max(0, wanted), o.room - o.side);
  };
  return {
    x: start(needed.x, needed.width, { side: size.width, room: picture.width }),
    y: start(needed.y, needed.height, { side: size.height, room: picture.height }),
    width: size.width,
    height: size.height,
  };
}
