import type { CanvasPlan } from "./canvas-plan.ts";
import type { PixelSize } from "./encoder-sizes.ts";

/** How softly a painted area is handed to the model and pasted back, both in canvas px. */
export interface MaskSoftness {
  growCanvasPx: number;
  featherCanvasPx: number;
}

/**
 * The model draws in patches of 16 canvas px (8 of the VAE times 2 of the transformer). What is this
 * wide holds two whole patches wherever it begins.
 */
const TWO_PATCHES_PX = 48;

/** A wide feather hides a difference in tone, but blurs what was painted: at most this many times the least. */
const MOST_FEATHER = 2;
/** The feather's share of the painted area's shorter side on the canvas, between least and most. */
const FEATHER_SHARE = 1 / 32;

/** What the model may change and how many output px one canvas px is. */
export interface SoftArea {
  /** The painted pixels' bounding box in output px, `null` when nothing is painted. */
  painted: PixelSize | null;
  /** The narrowest margin that exists, in output px; `null` without margins. */
  marginPx: number | null;
  /** Of the axis scaled down most. */
  outputPerCanvasPx: number;
}

/**
 * Chooses how far the mask grows in the graph and how wide it is faded on the way back.
 *
 * Growth is the service's own (it covers the graph's blur, so that every painted pixel reaches the
 * model with its full value), more only for what is narrower than two of the model's patches. It is
 * never more than that: whatever is drawn beyond the paint is thrown away, and takes with it the
 * model's own transition to the surroundings.
 *
 * The feather runs inwards. It grows with the painted area from the service's least to twice that,
 * and stays under an eighth of the painted area's shorter side (it comes from both sides) and a
 * quarter of a margin (it comes from one).
 */
export function maskSoftness(
  area: SoftArea,
  softness: MaskSoftness,
): NonNullable<CanvasPlan["mask"]> {
  const painted = area.painted === null ? null : Math.min(area.painted.width, area.painted.height);
  const narrowestPx = Math.min(painted ?? Infinity, area.marginPx ?? Infinity);
  if (narrowestPx === Infinity) return { growPx: softness.growCanvasPx, featherPx: 0 };
  const onCanvasPx = narrowestPx / area.outputPerCanvasPx;
  const least = softness.featherCanvasPx;
  const wantedPx = Math.min(Math.max(least, onCanvasPx * FEATHER_SHARE), MOST_FEATHER * least);
  const affordablePx = Math.min((painted ?? Infinity) / 8, (area.marginPx ?? Infinity) / 4);
  return {
    growPx: Math.max(softness.growCanvasPx, Math.ceil((TWO_PATCHES_PX - onCanvasPx) / 2)),
    featherPx: Math.min(
      Math.max(1, Math.round(wantedPx * area.outputPerCanvasPx)),
      Math.floor(affordablePx),
    ),
  };
}
