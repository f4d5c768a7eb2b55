import sharp from "sharp";
import { decodePixels, openPicture, toPixels } from "./decode-pixels.ts";
import { ImageError } from "./image-error.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";

/**
 * Reads a stored mask's levels at the size of the original, the same way for the model and for the paste-back.
 * @throws {ImageError} IMAGE_UNREADABLE when it cannot be decoded.
 */
export async function decodeMaskAt(
  bytes: Uint8Array,
  size: { width: number; height: number },
  pool: PixelPool,
): Promise<Pixels> {
  const levels = await decodeLevels(bytes, pool);
  if (levels.width === size.width && levels.height === size.height) return levels;
  return pool.run("resizeMask", { mask: levels, width: size.width, height: size.height });
}

async function decodeLevels(bytes: Uint8Array, pool: PixelPool): Promise<Pixels> {
  const { channels } = await sharp(bytes)
    .metadata()
    .catch((cause: unknown) => {
      throw new ImageError("IMAGE_UNREADABLE", "mask header cannot be read", { cause });
    });
  if (channels !== 1) {
    const pixels = await decodePixels(bytes, { ignoreIcc: true });
    return (await pool.run("readMask", { pixels })).levels;
  }
  // As we store them: grey already, so no detour through RGB.
  const grey = openPicture(bytes, { ignoreIcc: true }).toColourspace("b-w").raw();
  return toPixels(grey, "mask cannot be decoded");
}
