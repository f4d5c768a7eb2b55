import type { CanvasPlan } from "@ob/workflow/canvas";
import { decodeMaskAt } from "./decode-mask-at.ts";
import { fromPixels, toPixels } from "./decode-pixels.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";

/** Whether the output has area beyond the source, which the model draws. */
export function hasMargins({ placed, output }: CanvasPlan): boolean {
  return placed.width !== output.width || placed.height !== output.height;
}

/**
 * The source as it lies in the output, its edge running out into the margins. Without margins and at its own size it
 * is the original itself; at its own size every pixel is a copy, at a smaller one it is resampled.
 */
export async function layOutSource(
  original: Pixels,
  plan: CanvasPlan,
  pool: PixelPool,
): Promise<Pixels> {
  const { placed, output } = plan;
  const source = await scaleToPlace(original, plan);
  if (!hasMargins(plan)) return source;
  const { channels } = source;
  const result: Pixels = {
    data: sharedBytes(output.width * output.height * channels),
    width: output.width,
    height: output.height,
    channels,
  };
  await Promise.all(
    splitRows(result, pool.threads).map((band) =>
      pool.run("layOutBand", { source, left: placed.x, top: placed.y, result, ...band }),
    ),
  );
  return result;
}

async function scaleToPlace(original: Pixels, { placed }: CanvasPlan): Promise<Pixels> {
  if (original.width === placed.width && original.height === placed.height) return original;
  const pipeline = fromPixels(original).resize(placed.width, placed.height, { fit: "fill" }).raw();
  return toPixels(pipeline, "original cannot be scaled to its place");
}

/**
 * What the model may change, for every pixel of the output: 0 = keep, 255 = the model's, between = soft; margins are
 * the model's. Null when there is neither a mask nor a plan that says one: then everything is the model's.
 * @throws {ImageError} when the stored mask cannot be decoded.
 */
export async function layOutMask(
  stored: Uint8Array | null,
  plan: CanvasPlan,
  pool: PixelPool,
): Promise<Pixels | null> {
  const { placed, output } = plan;
  if (!stored && !plan.mask) return null;
  const mask = stored ? await decodeMaskAt(stored, placed, pool) : null;
  if (mask && !hasMargins(plan)) return mask;
  const result: Pixels = {
    data: sharedBytes(output.width * output.height),
    width: output.width,
    height: output.height,
    channels: 1,
  };
  await Promise.all(
    splitRows(result, pool.threads).map((band) =>
      pool.run("layOutMaskBand", { mask, placed, result, ...band }),
    ),
  );
  return result;
}
