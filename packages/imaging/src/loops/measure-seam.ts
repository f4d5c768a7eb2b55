import type { Pixels } from "../pixels.ts";
import { borderSteps, halveSamples, toSamples, type BorderTask } from "./border-steps.ts";

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
 * How visible the mask's border is in the delivered picture, in grey levels (0 to 255): by how much the mean step
 * across it is larger than what is natural there, the larger of the mean step at the same place of the original and
 * the mean step beside it, half inside and half outside. Steps are root mean squares over RGB, taken at four scales;
 * the most visible counts. 0 = no seam. Null when there is no border with room on both sides.
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
    const steps = borderSteps(level);
    if (steps.places < LEAST_PLACES) break;
    const natural = Math.max(steps.original, steps.beside);
    seam = Math.max(seam ?? 0, steps.across - natural);
  }
  return seam;
}

function paintedPixels({ data }: Pixels): Uint8Array {
  return Uint8Array.from(data, (level) => (level === 0 ? 0 : 1));
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
