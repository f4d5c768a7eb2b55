import { decodePixels } from "./decode-pixels.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";

/** Reads a stored mask's levels at the size of the original, the same way for the model and for the paste-back. */
export async function decodeMaskAt(
  bytes: Uint8Array,
  size: { width: number; height: number },
  pool: PixelPool,
): Promise<Pixels> {
  const pixels = await decodePixels(bytes, { ignoreIcc: true });
  const { levels } = await pool.run("readMask", { pixels });
  if (levels.width === size.width && levels.height === size.height) return levels;
  return pool.run("resizeMask", { mask: levels, width: size.width, height: size.height });
}
