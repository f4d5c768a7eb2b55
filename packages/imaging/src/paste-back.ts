import type { CanvasPlan } from "@ob/workflow/canvas";
import type { Alignment } from "./loops/alignment.ts";
import type { AxisMap } from "./loops/paste-band.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels, type SharedBytes } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";

/** Decoded pictures; `weights` are of the original's size, `model` is of the canvas's. */
export interface PasteRequest {
  original: Pixels;
  /** Null without a mask: everything is the model's. */
  weights: SharedBytes | null;
  model: Pixels;
  plan: CanvasPlan;
  alignment: Alignment;
}

/** Makes the delivered picture; band by band, as every row stands on its own. */
export async function pasteBack(request: PasteRequest, pool: PixelPool): Promise<Pixels> {
  const { original, weights, model, plan, alignment } = request;
  const result = { ...original, data: sharedBytes(original.data.byteLength) };
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
  const shared = { original, result, model, weights, crop: plan.crop, across, down };
  await Promise.all(
    splitRows(original, pool.threads).map((band) => pool.run("pasteBand", { ...shared, ...band })),
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

interface AxisPlan {
  cropStart: number;
  cropLength: number;
  scaledLength: number;
  padStart: number;
  zoom: number;
  shift: number;
}

/** Source pixel to canvas pixel along one axis, through the plan and then through what the model did to it. */
export function axisMap(axis: AxisPlan): AxisMap {
  const scale = axis.scaledLength / axis.cropLength;
  const centre = (axis.scaledLength - 1) / 2;
  // scaled = (i + 0.5 - cropStart) * scale - 0.5; canvas = centre + (scaled - centre) * zoom + shift + padStart
  const scaledAtZero = (0.5 - axis.cropStart) * scale - 0.5;
  return {
    step: scale * axis.zoom,
    offset: centre + (scaledAtZero - centre) * axis.zoom + axis.shift + axis.padStart,
  };
}
