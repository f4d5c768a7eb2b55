import type { Pixels } from "../pixels.ts";

/** RGB, interleaved, in floats. */
export interface Samples {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Two pictures of one size; `painted` is 1 where the model might change something, else 0. */
export interface BorderTask {
  before: Samples;
  after: Samples;
  painted: Uint8Array;
}

/** Mean steps over all places of a border where a kept pixel touches a painted one, grey levels. */
export interface BorderSteps {
  places: number;
  /** In the delivered picture, across the border. */
  across: number;
  /** In the original, at the same places. */
  original: number;
  /** In the delivered picture, a few pixels inside and outside, averaged. */
  beside: number;
}

/** How far beside the border a natural step is looked for: clear of the two pixels a step looks at on each side. */
const BESIDE_PX = 4;
const REACH_PX = BESIDE_PX + 2;

/** Copies RGB samples to floats. */
export function toSamples({ data, width, height }: Pixels): Samples {
  return { data: Float32Array.from(data), width, height };
}

/** Half the size, each sample the mean of four; an odd last row or column is dropped. */
export function halveSamples({ data, width, height }: Samples): Samples {
  const half = { width: width >> 1, height: height >> 1 };
  const out = new Float32Array(half.width * half.height * 3);
  const stride = width * 3;
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const from = y * 2 * stride + x * 6;
      const to = (y * half.width + x) * 3;
      for (let c = from; c < from + 3; c += 1) {
        const upper = (data[c] ?? 0) + (data[c + 3] ?? 0);
        out[to + c - from] = (upper + (data[c + stride] ?? 0) + (data[c + stride + 3] ?? 0)) / 4;
      }
    }
  }
  return { data: out, ...half };
}

/** Walks both axes and sums the steps wherever kept and painted pixels touch. */
export function borderSteps(task: BorderTask): BorderSteps {
  const { width, height } = task.before;
  const sums = { places: 0, across: 0, original: 0, beside: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const here = task.painted[at];
      if (x + 1 < width && here !== task.painted[at + 1]) {
        addPlace(task, sums, { at, stride: 1, position: x, length: width });
      }
      if (y + 1 < height && here !== task.painted[at + width]) {
        addPlace(task, sums, { at, stride: width, position: y, length: height });
      }
    }
  }
  const n = Math.max(1, sums.places);
  return {
    places: sums.places,
    across: sums.across / n,
    original: sums.original / n,
    beside: sums.beside / n,
  };
}

interface Place {
  /** The pixel before the border; the one after it is `stride` further. */
  at: number;
  stride: number;
  /** Along the axis, and the picture's length there. */
  position: number;
  length: number;
}

function addPlace(task: BorderTask, sums: BorderSteps, place: Place): void {
  const { at, stride, position, length } = place;
  if (position - REACH_PX < 0 || position + REACH_PX >= length) return;
  sums.places += 1;
  sums.across += step(task.after, at, stride);
  sums.original += step(task.before, at, stride);
  const earlier = step(task.after, at - BESIDE_PX * stride, stride);
  const later = step(task.after, at + BESIDE_PX * stride, stride);
  sums.beside += (earlier + later) / 2;
}

/** Between the means of two pixels on each side: a single noisy pixel makes no seam. */
function step({ data }: Samples, at: number, stride: number): number {
  let squares = 0;
  for (let c = at * 3; c < at * 3 + 3; c += 1) {
    const before = (data[c - stride * 3] ?? 0) + (data[c] ?? 0);
    const after = (data[c + stride * 3] ?? 0) + (data[c + stride * 6] ?? 0);
    const difference = (after - before) / 2;
    squares += difference * difference;
  }
  return Math.sqrt(squares / 3);
}
