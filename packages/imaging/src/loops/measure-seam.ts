import type { Pixels } from "../pixels.ts";
import {
  borderStretches,
  halveSamples,
  toSamples,
  type BorderStretch,
  type BorderTask,
} from "./border-steps.ts";

/** The original and the delivered picture at working size, RGB, with what the model might change (0 = keep). */
export interface MeasureSeamTask {
  before: Pixels;
  after: Pixels;
  mask: Pixels;
}

/** Halvings: steps of a pixel, as a hard cut makes, and of eight, as a cast under a feather makes. */
const SCALES = 4;
/** Fewer places than this along the border are no measure of it. */
const LEAST_PLACES = 16;

/**
 * How visible the mask's border is in the delivered picture, in grey levels (0 to 255). Along each stretch of border
 * (32 pixels square) the mean step from kept to painted is compared with what is natural there: the same step in the
 * original, and the steps four pixels inside and outside. The excess over the largest of them, averaged over the
 * border's length, is the seam: 0 = none; a hard paste under a cast of 16 levels gives 8 to 16, less amid texture that
 * hides it; a good blend stays under 1. Taken at four scales, as a feather only widens the step; the most visible
 * counts. Null when there is no border with room on both sides.
 */
export function measureSeam(task: MeasureSeamTask): number | null {
  let level: BorderTask = {
    before: toSamples(task.before),
    after: toSamples(task.after),
    painted: paintedPixels(task.mask),
  };
  let seam: number | null = null;
  for (let scale = 0; scale < SCALES; scale += 1) {
    if (scale > 0) level = halveLevel(level);
    const stretches = borderStretches(level);
    const places = stretches.reduce((sum, stretch) => sum + stretch.places, 0);
    if (places < LEAST_PLACES) break;
    seam = Math.max(seam ?? 0, meanExcess(stretches, places));
  }
  return seam;
}

function meanExcess(stretches: readonly BorderStretch[], places: number): number {
  const excess = ({ across, natural }: BorderStretch) => Math.max(0, across - natural);
  return stretches.reduce((sum, stretch) => sum + excess(stretch) * stretch.places, 0) / places;
}

function paintedPixels({ data }: Pixels): Uint8Array {
  const painted = new Uint8Array(data.length);
  for (let i = 0; i < painted.length; i += 1) painted[i] = data[i] === 0 ? 0 : 1;
  return painted;
}

/** A pixel is kept when all four of its pixels are. */
function halveLevel({ before, after, painted }: BorderTask): BorderTask {
  const half = halveSamples(before);
  const out = new Uint8Array(half.width * half.height);
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const at = y * 2 * before.width + x * 2;
      out[y * half.width + x] =
        (painted[at] ?? 0) |
        (painted[at + 1] ?? 0) |
        (painted[at + before.width] ?? 0) |
        (painted[at + before.width + 1] ?? 0);
    }
  }
  return { before: half, after: halveSamples(after), painted: out };
}
