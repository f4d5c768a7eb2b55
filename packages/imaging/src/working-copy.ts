import type { CanvasPlan } from "@ob/workflow/canvas";
import { fromPixels, toPixels } from "./decode-pixels.ts";
import { hasMargins } from "./lay-out.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels } from "./pixels.ts";

/** The plan's crop of the output at working size (`plan.scaled`, without padding), RGB: transparency lies on white. */
export async function scaleForModel(laidOut: Pixels, plan: CanvasPlan): Promise<Pixels> {
  const { crop, scaled } = plan;
  const pipeline = fromPixels(laidOut)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(scaled.width, scaled.height, { fit: "fill" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw();
  return toPixels(pipeline, "working copy cannot be made");
}

/** The plan's crop of a mask at working size, grey; linear, so that levels neither ring nor overshoot. */
export async function scaleMaskForModel(laidOut: Pixels, plan: CanvasPlan): Promise<Pixels> {
  const { crop, scaled } = plan;
  const pipeline = fromPixels(laidOut)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(scaled.width, scaled.height, { fit: "fill", kernel: "linear" })
    .toColourspace("b-w")
    .raw();
  return toPixels(pipeline, "working mask cannot be made");
}

/** Paints the margins of a working copy, in place: every pixel whose centre lies beyond the source. */
export async function fillMargins(
  copy: Pixels,
  { plan, value }: { plan: CanvasPlan; value: number },
  pool: PixelPool,
): Promise<void> {
  const { crop, placed, scaled } = plan;
  const across = keptRange(placed.x - crop.x, placed.width, scaled.width / crop.width);
  const down = keptRange(placed.y - crop.y, placed.height, scaled.height / crop.height);
  await pool.run("fillOutside", {
    pixels: copy,
    left: Math.max(0, across.from),
    right: Math.min(scaled.width, across.to),
    top: Math.max(0, down.from),
    bottom: Math.min(scaled.height, down.to),
    value,
  });
}

/** Grey of the working size, 255 where the output has margins; null when it has none. */
export async function marginsForModel(plan: CanvasPlan, pool: PixelPool): Promise<Pixels | null> {
  if (!hasMargins(plan)) return null;
  const { width, height } = plan.scaled;
  const map: Pixels = { data: sharedBytes(width * height), width, height, channels: 1 };
  await fillMargins(map, { plan, value: 255 }, pool);
  return map;
}

function keptRange(start: number, length: number, scale: number): { from: number; to: number } {
  const from = Math.ceil(start * scale - 0.5);
  return { from, to: Math.max(from, Math.floor((start + length) * scale - 0.5) + 1) };
}
