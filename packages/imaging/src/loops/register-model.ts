import type { Pixels } from "../pixels.ts";
import { composeAlignments, IN_PLACE, meanDisplacement, type Alignment } from "./alignment.ts";
import { drawCorrected } from "./draw-corrected.ts";
import { estimateAlignment } from "./estimate-alignment.ts";
import { freeArea, ringArea } from "./free-area.ts";
import { matchTone } from "./match-tone.ts";
import { measureResidual } from "./measure-residual.ts";
import { toLuma, type Plane } from "./plane.ts";
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

/** A rest below this is not worth another drawing, working pixels. */
const SETTLED_PX = 0.02;

/** Registers the model's picture on ours over the kept area, undoes what it finds, and measures what is left. */
export function registerModel(task: RegisterModelTask): Registration {
  const { reference, mask, growPx } = task;
  const marginPx = Math.ceil(growPx) + DRIFT_MARGIN_PX;
  const free = freeArea(mask, marginPx);
  const ours = lumaOf(reference);
  const { alignment, corrected } = alignTwice(task, { ours, free });
  const ring = ringArea(free, RING_PX + marginPx);
  const after = lumaOf(corrected);
  return {
    alignment,
    residual: alignment ? measureResidual({ reference: ours, corrected: after, free, ring }) : null,
    tone: matchTone({ reference, corrected, free, ring }),
  };
}

/**
 * The free area is ours, so what the model moved across its edge misleads the first look a little, the more the
 * narrower the area; the second look, at the corrected picture, has next to nothing moved.
 */
function alignTwice(task: RegisterModelTask, { ours, free }: { ours: Plane; free: Plane }) {
  const { reference, model, left, top } = task;
  const { width, height } = reference;
  const frame = { left, top, width, height };
  const first = estimateAlignment({ reference: ours, moved: toLuma(model, frame), free });
  const corrected = drawCorrected({ model, ...frame, alignment: first ?? IN_PLACE });
  if (!first) return { alignment: null, corrected };
  const rest = estimateAlignment({ reference: ours, moved: lumaOf(corrected), free });
  if (!rest || meanDisplacement(rest, reference) < SETTLED_PX)
    return { alignment: first, corrected };
  const alignment = composeAlignments(first, rest);
  return { alignment, corrected: drawCorrected({ model, ...frame, alignment }) };
}

function lumaOf(pixels: Pixels): Plane {
  return toLuma(pixels, { left: 0, top: 0, width: pixels.width, height: pixels.height });
}
