import { PREVIEW_SIDE_PX } from "./limits.ts";
import type { Pixels } from "./pixels.ts";
import { fromPixels } from "./decode-pixels.ts";

/** WebP of at most 1024 px a side, never enlarged. */
export async function makePreview(pixels: Pixels): Promise<Uint8Array> {
  return fromPixels(pixels)
    .resize(PREVIEW_SIDE_PX, PREVIEW_SIDE_PX, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
}
