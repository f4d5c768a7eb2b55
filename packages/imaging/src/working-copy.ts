import type { CanvasPlan } from "@ob/workflow/canvas";
import { fromPixels, toPixels } from "./decode-pixels.ts";
import type { Pixels } from "./pixels.ts";

/** The plan's crop of the original at working size (`plan.scaled`, without padding), RGB: transparency lies on white. */
export async function scaleForModel(original: Pixels, plan: CanvasPlan): Promise<Pixels> {
  const { crop, scaled } = plan;
  const pipeline = fromPixels(original)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(scaled.width, scaled.height, { fit: "fill" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw();
  return toPixels(pipeline, "working copy cannot be made");
}

/** The plan's crop of a mask at working size, grey; linear, so that levels neither ring nor overshoot. */
export async function scaleMaskForModel(mask: Pixels, plan: CanvasPlan): Promise<Pixels> {
  const { crop, scaled } = plan;
  const pipeline = fromPixels(mask)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(scaled.width, scaled.height, { fit: "fill", kernel: "linear" })
    .toColourspace("b-w")
    .raw();
  return toPixels(pipeline, "working mask cannot be made");
}
