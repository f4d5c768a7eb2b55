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

/** The mean steps of one stretch of border, from kept to painted, grey levels (root mean square over RGB). */
export interface BorderStretch {
  /** Where a kept pixel touches a painted one. */
  places: number;
  /** In the delivered picture, across the border. */
  across: number;
  /** The largest that is natural: at the same places of the original, or a few pixels beside them in either. */
  natural: number;
}

/** How far beside the border a natural step is looked for: clear of the two pixels a step looks at on each side. */
const BESIDE_PX = 4;
const REACH_PX = BESIDE_PX + 2;

/** Copies RGB samples to floats. */
export function toSamples({ data, width, height }: Pixels): Samples {
  return { data: new Float32Array(data), width, height };
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

/** A stretch is the border's part in a square of this side. */
const STRETCH_PX = 32;
/** Signed sums of a stretch for three channels each: across, in the original, beside on the painted and the kept side. */
const SUMS = 12;

/**
 * Collects the border's stretches. Steps are averaged with their sign: texture, which goes up and down, cancels out;
 * an edge or a cast, which goes one way, stays.
 */
export function borderStretches(task: BorderTask): BorderStretch[] {
  const { width, height } = task.before;
  const cellsAcross = Math.ceil(width / STRETCH_PX);
  const cells = cellsAcross * Math.ceil(height / STRETCH_PX);
  const tally: Tally = { sums: new Float64Array(cells * SUMS), places: new Int32Array(cells) };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const cell = Math.floor(y / STRETCH_PX) * cellsAcross + Math.floor(x / STRETCH_PX);
      const here = task.painted[at];
      if (x + 1 < width && here !== task.painted[at + 1]) {
        addPlace(task, tally, { cell, at, stride: 1, position: x, length: width });
      }
      if (y + 1 < height && here !== task.painted[at + width]) {
        addPlace(task, tally, { cell, at, stride: width, position: y, length: height });
      }
    }
  }
  return [...tally.places.entries()].flatMap(([cell, places]) =>
    places === 0 ? [] : toStretch(tally.sums.subarray(cell * SUMS, (cell + 1) * SUMS), places),
  );
}

interface Tally {
  sums: Float64Array;
  places: Int32Array;
}

function toStretch(sums: Float64Array, places: number): BorderStretch {
  const mean = (from: number) =>
    Math.hypot(sums[from] ?? 0, sums[from + 1] ?? 0, sums[from + 2] ?? 0) / Math.sqrt(3) / places;
  return { places, across: mean(0), natural: Math.max(mean(3), mean(6), mean(9)) };
}

interface Place {
  cell: number;
  /** The pixel before the border; the one after it is `stride` further. */
  at: number;
  stride: number;
  /** Along the axis, and the picture's length there. */
  position: number;
  length: number;
}

function addPlace(task: BorderTask, tally: Tally, place: Place): void {
  const { cell, at, stride, position, length } = place;
  if (position - REACH_PX < 0 || position + REACH_PX >= length) return;
  // Every step is taken from the kept side to the painted one.
  const inwards = task.painted[at] === 0 ? 1 : -1;
  const aside = BESIDE_PX * stride * inwards;
  const sums = tally.sums.subarray(cell * SUMS, (cell + 1) * SUMS);
  addStep(sums.subarray(0, 3), task.after, { at, stride, inwards });
  addStep(sums.subarray(3, 6), task.before, { at, stride, inwards });
  addStep(sums.subarray(6, 9), task.after, { at: at + aside, stride, inwards });
  addStep(sums.subarray(9, 12), task.after, { at: at - aside, stride, inwards });
  tally.places[cell] = (tally.places[cell] ?? 0) + 1;
}

/** Between the means of two pixels on each side: a single noisy pixel makes no step. */
function addStep(
  sums: Float64Array,
  { data }: Samples,
  { at, stride, inwards }: { at: number; stride: number; inwards: number },
): void {
  for (let c = 0; c < 3; c += 1) {
    const from = at * 3 + c;
    const before = (data[from - stride * 3] ?? 0) + (data[from] ?? 0);
    const after = (data[from + stride * 3] ?? 0) + (data[from + stride * 6] ?? 0);
    sums[c] = (sums[c] ?? 0) + (inwards * (after - before)) / 2;
  }
}
