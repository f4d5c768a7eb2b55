import type { Alignment } from "./alignment.ts";
import { sampleAt, type DetailSamples } from "./detail-samples.ts";
import type { Plane } from "./plane.ts";
import { solveSymmetric } from "./solve-symmetric.ts";

/** Our picture's samples, the model's detail, and the point that a zoom leaves in place. */
export interface RefineTask {
  samples: DetailSamples;
  moved: Plane;
  centre: { x: number; y: number };
  /** False holds the zoom at its start. */
  withZoom: boolean;
}

/** The least squares problem around one alignment. */
export interface Normal {
  /** Upper triangle for (shiftX, shiftY, zoom). */
  hessian: number[];
  gradient: number[];
  /** Robust spread of the residuals, grey levels. */
  sigma: number;
}

const MOST_STEPS = 12;
/** A step that moves no corner further than this ends the search, pixels. */
const STILL_PX = 0.005;
/** Tukey's biweight at 95 % efficiency. */
const TUKEY = 4.685;
/** Rounding to whole grey levels alone spreads this much. */
const LEAST_SIGMA = 0.25;

/** Gauss-Newton with Tukey weights, so that things the model redrew outside the mask do not pull. */
export function refineAlignment(task: RefineTask, start: Alignment): Alignment {
  let { shiftX, shiftY, zoom } = start;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { hessian, gradient } = normalAt(task, { shiftX, shiftY, zoom });
    if (!task.withZoom) holdZoom(hessian, gradient);
    const move = solveSymmetric(hessian, gradient);
    if (!move) break;
    shiftX -= move[0];
    shiftY -= move[1];
    zoom -= move[2];
    const reach = Math.abs(move[2]) * Math.max(task.centre.x, task.centre.y);
    if (Math.hypot(move[0], move[1]) + reach < STILL_PX) break;
  }
  return { shiftX, shiftY, zoom };
}

function holdZoom(hessian: number[], gradient: number[]): void {
  hessian[2] = 0;
  hessian[4] = 0;
  hessian[5] = 1;
  gradient[2] = 0;
}

/** Difference of the model's detail and ours at every sample; NaN where the sample falls outside. */
export function residuals(task: RefineTask, alignment: Alignment): Float32Array {
  const { samples, moved, centre } = task;
  const { shiftX, shiftY, zoom } = alignment;
  const out = new Float32Array(samples.count);
  for (let n = 0; n < samples.count; n += 1) {
    const x = centre.x + ((samples.x[n] ?? 0) - centre.x) * zoom + shiftX;
    const y = centre.y + ((samples.y[n] ?? 0) - centre.y) * zoom + shiftY;
    out[n] = sampleAt(moved, x, y) - (samples.value[n] ?? 0);
  }
  return out;
}

/** Builds the weighted normal equations at an alignment. */
export function normalAt(task: RefineTask, alignment: Alignment): Normal {
  const { samples, centre } = task;
  const { slopeX, slopeY } = samples;
  const differences = residuals(task, alignment);
  const sigma = Math.max(LEAST_SIGMA, robustSpread(differences));
  const cut = TUKEY * sigma;
  let [xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0];
  let [gx, gy, gz] = [0, 0, 0];
  for (let n = 0; n < samples.count; n += 1) {
    const difference = differences[n] ?? Number.NaN;
    // Written so that NaN, outside the model's picture, fails too.
    if (!(Math.abs(difference) < cut)) continue;
    const share = difference / cut;
    const weight = (1 - share * share) * (1 - share * share);
    const sx = slopeX[n] ?? 0;
    const sy = slopeY[n] ?? 0;
    const sz = sx * ((samples.x[n] ?? 0) - centre.x) + sy * ((samples.y[n] ?? 0) - centre.y);
    xx += weight * sx * sx;
    xy += weight * sx * sy;
    xz += weight * sx * sz;
    yy += weight * sy * sy;
    yz += weight * sy * sz;
    zz += weight * sz * sz;
    gx += weight * sx * difference;
    gy += weight * sy * difference;
    gz += weight * sz * difference;
  }
  return { hessian: [xx, xy, xz, yy, yz, zz], gradient: [gx, gy, gz], sigma };
}

/** Median absolute value, as a standard deviation, from at most about 2,048 of the values. */
export function robustSpread(values: Float32Array): number {
  const step = Math.max(1, Math.floor(values.length / 2048));
  const some = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let n = 0; n < values.length; n += step) {
    const value = Math.abs(values[n] ?? Number.NaN);
    if (Number.isNaN(value)) continue;
    some[count] = value;
    count += 1;
  }
  return 1.4826 * (some.subarray(0, count).sort()[count >> 1] ?? 0);
}
