import type { Pixels } from "../pixels.ts";
import type { Alignment } from "./alignment.ts";
import { estimateAlignment } from "./estimate-alignment.ts";
import { freeArea } from "./free-area.ts";
import { toLuma } from "./plane.ts";

/** Our working copy (`scaled` of the plan) and the whole canvas the model drew. */
export interface AlignPicturesTask {
  reference: Pixels;
  model: Pixels;
  /** Where the working copy starts on the canvas, pixels. */
  left: number;
  top: number;
  /** Of the working copy's size. */
  mask: Pixels;
  /** How far beyond the mask the model was let loose, working pixels. */
  growPx: number;
}

/** A painted thing the model moved may come this far out of the grown mask. */
const DRIFT_MARGIN_PX = 6;

/** Registers the model's picture on ours over the unpainted area; null when that cannot be told. */
export function alignPictures(task: AlignPicturesTask): Alignment | null {
  const { reference, model, left, top, mask, growPx } = task;
  const { width, height } = reference;
  return estimateAlignment({
    reference: toLuma(reference, { left: 0, top: 0, width, height }),
    moved: toLuma(model, { left, top, width, height }),
    free: freeArea(mask, Math.ceil(growPx) + DRIFT_MARGIN_PX),
  });
}
