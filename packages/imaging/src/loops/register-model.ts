import type { Pixels } from "../pixels.ts";
import { IN_PLACE, type Alignment } from "./alignment.ts";
import { drawCorrected } from "./draw-corrected.ts";
import { estimateAlignment } from "./estimate-alignment.ts";
import { freeArea, ringArea } from "./free-area.ts";
import { matchTone } from "./match-tone.ts";
import { measureResidual } from "./measure-residual.ts";
import { toLuma } from "./plane.ts";
import type { Tone } from "./tone.ts";

/** Our working copy (`scaled` of the plan) and the whole canvas the model drew. */
export interface RegisterModelTask {
  /** RGB. */
  reference: Pixels;
  /** RGB. */
  model: Pixels;
  /** Where the working copy starts on the canvas, pixels. */
  left: number;
  top: number;
  /** What the model may change, of the working copy's size. */
  mask: Pixels;
  /** How far beyond the mask the model was let loose, working pixels. */
  growPx: number;
}

/** What the model did to the picture as a whole, told from the area it had to keep. */
export interface Registration {
  /** Null when it cannot be told. */
  alignment: Alignment | null;
  /** Misalignment left after correction, working pixels; null without an alignment, or when it cannot be told. */
  residual: number | null;
  /** Null when there is no cast, or none that can be told. */
  tone: Tone | null;
}

/** A painted thing the model moved may come this far out of the grown mask. */
const DRIFT_MARGIN_PX = 6;
/** Wide enough to hold detail, near enough to speak for the mask's edge. */
const RING_PX = 64;

/** Registers the model's picture on ours over the kept area, undoes what it finds, and measures what is left. */
export function registerModel(task: RegisterModelTask): Registration {
  const { reference, model, left, top, mask, growPx } = task;
  const { width, height } = reference;
  const ours = toLuma(reference, { left: 0, top: 0, width, height });
  const marginPx = Math.ceil(growPx) + DRIFT_MARGIN_PX;
  const free = freeArea(mask, marginPx);
  const moved = toLuma(model, { left, top, width, height });
  const alignment = estimateAlignment({ reference: ours, moved, free });
  const corrected = drawCorrected({
    model,
    left,
    top,
    width,
    height,
    alignment: alignment ?? IN_PLACE,
  });
  const ring = ringArea(free, RING_PX + marginPx);
  const after = toLuma(corrected, { left: 0, top: 0, width, height });
  return {
    alignment,
    residual: alignment ? measureResidual({ reference: ours, corrected: after, free, ring }) : null,
    tone: matchTone({ reference, corrected, free, ring }),
  };
}
