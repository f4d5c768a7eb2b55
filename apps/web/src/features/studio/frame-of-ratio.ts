import type { Size, SourceRect } from "./painter/view-transform.ts";

/** The most pixels a picture may be delivered with. */
const MAX_OUTPUT_PIXELS = 40_000_000;

/** A photo this near to a ratio has it. */
const NEAR_PX = 1;

/** The two numbers of a ratio such as `4:5`; null for the photo's own (`original`). */
function readRatio(ratio: string | null): Size | null {
  const [, width, height] = /^(\d+):(\d+)$/.exec(ratio ?? "") ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Number(width), height: Number(height) };
}

/** Width / height of a ratio; null for the photo's own. */
export function ratioValue(ratio: string): number | null {
  const shape = readRatio(ratio);
  return shape === null ? null : shape.width / shape.height;
}

/**
 * The smallest frame of a ratio that holds the whole photo, the photo in its middle; null = the
 * photo's own. In photo px, so that `x` and `y`, the frame's corner, are zero or negative.
 */
export function frameOfRatio(photo: Size, ratio: string | null): SourceRect {
  const { width, height } = photo;
  const shape = readRatio(ratio);
  if (shape === null) return { x: 0, y: 0, width, height };
  const frame = {
    width: Math.max(width, Math.round((height * shape.width) / shape.height)),
    height: Math.max(height, Math.round((width * shape.height) / shape.width)),
  };
  const isNear = frame.width - width + frame.height - height <= NEAR_PX;
  if (isNear) return { x: 0, y: 0, width, height };
  return {
    // Adding zero makes of −0 a plain 0.
    x: 0 - Math.floor((frame.width - width) / 2),
    y: 0 - Math.floor((frame.height - height) / 2),
    ...frame,
  };
}

/** The size the picture is delivered with: the frame's, or as near as 40 megapixels allow. */
export function deliveredSize(
  photo: Size,
  ratio: string | null,
): Size & { readonly isReduced: boolean } {
  const { width, height } = frameOfRatio(photo, ratio);
  const shape = readRatio(ratio);
  if (shape === null || width * height <= MAX_OUTPUT_PIXELS) {
    return { width, height, isReduced: false };
  }
  // The side without margins is whole, the other follows from the ratio.
  const isTight = photo.width * shape.height >= photo.height * shape.width;
  const [along, across] = isTight ? [shape.width, shape.height] : [shape.height, shape.width];
  let side = Math.floor(Math.sqrt((MAX_OUTPUT_PIXELS * along) / across));
  const otherSide = () => Math.max(1, Math.round((across * side) / along));
  while (side > 1 && side * otherSide() > MAX_OUTPUT_PIXELS) side -= 1;
  return isTight
    ? { width: side, height: otherSide(), isReduced: true }
    : { width: otherSide(), height: side, isReduced: true };
}
