import type { CanvasPlan } from "@ob/workflow/canvas";
import type { Alignment } from "./loops/alignment.ts";
import type { AxisMap } from "./loops/paste-band.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { sharedBytes, type Pixels } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";

/** Decoded pictures; `mask` is of the original's size, `model` of the canvas's. */
export interface PasteRequest {
  original: Pixels;
  mask: Pixels | null;
  model: Pixels;
  plan: CanvasPlan;
  alignment: Alignment;
}

/** Makes the delivered picture; band by band, as every row stands on its own. */
export async function pasteBack(request: PasteRequest, pool: PixelPool): Promise<Pixels> {
  const { original, mask, model, plan, alignment } = request;
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
  const featherPx = plan.mask?.featherPx ?? 0;
  const shared = { original, result, model, mask, featherPx, crop: plan.crop, across, down };
  await Promise.all(
    splitRows(original, pool.threads).map((band) => pool.run("pasteBand", { ...shared, ...band })),
  );
  return result;
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
