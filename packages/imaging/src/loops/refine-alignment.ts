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
  used: number;
}

const MOST_STEPS = 12;
/** A step that moves no corner further than this ends the search, pixels. */
const STILL_PX = 0.005;
/** Tukey's biweight at 95 % efficiency. */
const TUKEY = 4.685;

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
  const differences = residuals(task, alignment);
  const sigma = Math.max(0.25, robustSpread(differences));
  const cut = TUKEY * sigma;
  const hessian = [0, 0, 0, 0, 0, 0];
  const gradient = [0, 0, 0];
  let used = 0;
  for (let n = 0; n < samples.count; n += 1) {
    const difference = differences[n] ?? Number.NaN;
    if (!(Math.abs(difference) < cut)) continue;
    const weight = (1 - (difference / cut) ** 2) ** 2;
    const sx = samples.slopeX[n] ?? 0;
    const sy = samples.slopeY[n] ?? 0;
    const sz = sx * ((samples.x[n] ?? 0) - centre.x) + sy * ((samples.y[n] ?? 0) - centre.y);
    add(hessian, 0, weight * sx * sx);
    add(hessian, 1, weight * sx * sy);
    add(hessian, 2, weight * sx * sz);
    add(hessian, 3, weight * sy * sy);
    add(hessian, 4, weight * sy * sz);
    add(hessian, 5, weight * sz * sz);
    add(gradient, 0, weight * sx * difference);
    add(gradient, 1, weight * sy * difference);
    add(gradient, 2, weight * sz * difference);
    used += 1;
  }
  return { hessian, gradient, sigma, used };
}

function add(to: number[], index: number, value: number): void {
  to[index] = (to[index] ?? 0) + value;
}

/** Median absolute value, as a standard deviation, from at most 4,096 of the values. */
export function robustSpread(values: Float32Array): number {
  const step = Math.max(1, Math.floor(values.length / 4096));
  const some: number[] = [];
  for (let n = 0; n < values.length; n += step) {
    const value = Math.abs(values[n] ?? Number.NaN);
    if (!Number.isNaN(value)) some.push(value);
  }
  some.sort((a, b) => a - b);
  return 1.4826 * (some[some.length >> 1] ?? 0);
}
