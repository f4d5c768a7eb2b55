import type { CanvasPlan } from "@ob/workflow/canvas";
import type { Alignment } from "./loops/alignment.ts";
import { axisMap } from "./loops/axis-map.ts";
import type { Tone } from "./loops/tone.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels, type SharedBytes } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";

/** Decoded pictures: `laidOut` and `weights` are of the output's size, `model` is of the canvas's. */
export interface PasteRequest {
  laidOut: Pixels;
  /** Null without a mask: everything is the model's. */
  weights: SharedBytes | null;
  model: Pixels;
  plan: CanvasPlan;
  alignment: Alignment;
  tone: Tone | null;
}

/** Makes the delivered picture; band by band, as every row stands on its own. */
export async function pasteBack(request: PasteRequest, pool: PixelPool): Promise<Pixels> {
  const { laidOut, weights, model, plan, alignment, tone } = request;
  const result = { ...laidOut, data: sharedBytes(laidOut.data.byteLength) };
  const across = axisMap({
    cropStart: plan.crop.x,
    cropLength: plan.crop.width,
    scaledLength: plan.scaled.width,
    padStart: plan.pad.left,
    zoom: alignment.zoom,
    shift: alignment.shiftX,
  });
  const down = axisMap({
    cropStart: plan.crop.y,
    cropLength: plan.crop.height,
    scaledLength: plan.scaled.height,
    padStart: plan.pad.top,
    zoom: alignment.zoom,
    shift: alignment.shiftY,
  });
  const shared = { original: laidOut, result, model, weights, tone, crop: plan.crop, across, down };
  await Promise.all(
    splitRows(laidOut, pool.threads).map((band) => pool.run("pasteBand", { ...shared, ...band })),
  );
  return result;
}

/** How much of the model each pixel takes; needs no alignment, so it can run beside its search. */
export async function featherMask(
  mask: Pixels,
  featherPx: number,
  pool: PixelPool,
): Promise<SharedBytes> {
  const weights = sharedBytes(mask.data.byteLength);
  await Promise.all(
    splitRows(mask, pool.threads).map((band) =>
      pool.run("featherBand", { mask, weights, featherPx, ...band }),
    ),
  );
  return weights;
}
