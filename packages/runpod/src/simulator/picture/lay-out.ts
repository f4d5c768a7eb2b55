import sharp from "sharp";

import type { InnerArea } from "./fill-margins.ts";

/** Pictures side by side over the redrawn area, in px of the drawing; 8-bit RGB, row by row. */
export interface Collage extends InnerArea {
  rgb: Uint8Array;
}

/**
 * Lays further pictures side by side over the area a mask changes (without one over the lower third),
 * each cropped to its share; `null` without any. @throws when one cannot be decoded
 */
export async function layOut(
  extras: readonly Uint8Array[],
  o: { mask: Uint8Array | null; size: { width: number; height: number } },
): Promise<Collage | null> {
  if (extras.length === 0) return null;
  const { left, top, width, height } = boundsOf(o.mask, o.size);
  const rgb = new Uint8Array(width * height * 3);
  for (const [index, bytes] of extras.entries()) {
    const from = Math.floor((width * index) / extras.length);
    const cell = Math.floor((width * (index + 1)) / extras.length) - from;
    const pixels = await sharp(bytes)
      .autoOrient()
      .resize(Math.max(1, cell), height, { fit: "cover" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer();
    if (cell === 0) continue;
    for (let y = 0; y < height; y += 1) {
      rgb.set(pixels.subarray(y * cell * 3, (y + 1) * cell * 3), (y * width + from) * 3);
    }
  }
  return { left, top, width, height, rgb };
}

/** Without a mask the picture itself must stay to be seen. */
const WITHOUT_MASK = 1 / 3;

/** The box around what a mask changes at all, the whole when that is nothing; without one the lower third. */
function boundsOf(
  mask: Uint8Array | null,
  { width, height }: { width: number; height: number },
): InnerArea {
  if (mask === null) {
    const lower = Math.max(1, Math.floor(height * WITHOUT_MASK));
    return { left: 0, top: height - lower, width, height: lower };
  }
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (const [at, value] of mask.entries()) {
    if (value === 0) continue;
    const x = at % width;
    const y = Math.floor(at / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0
    ? { left: 0, top: 0, width, height }
    : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
