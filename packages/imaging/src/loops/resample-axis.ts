/** One axis of a resampling: output index i looks at input position `step * i + offset` (pixel centres are whole). */
export interface AxisTask {
  fromIndex: number;
  toIndex: number;
  step: number;
  offset: number;
  inputLength: number;
}

/** For each output index, `taps` input indexes (kept inside the picture: its edge repeats) and their weights. */
export interface Axis {
  taps: number;
  indexes: Int32Array;
  weights: Float32Array;
}

/** Catmull-Rom, widened when the picture shrinks so that nothing aliases. */
export function resampleAxis(task: AxisTask): Axis {
  const { fromIndex, toIndex, step, offset, inputLength } = task;
  const width = Math.max(1, step);
  const support = 2 * width;
  // A multiple of four, as the paste adds four lines at a time; the spare ones weigh 0.
  const taps = Math.ceil(support / 2) * 4;
  const indexes = new Int32Array((toIndex - fromIndex) * taps);
  const weights = new Float32Array((toIndex - fromIndex) * taps);
  for (let i = fromIndex; i < toIndex; i += 1) {
    const position = step * i + offset;
    const first = Math.floor(position - support) + 1;
    const at = (i - fromIndex) * taps;
    let sum = 0;
    for (let k = 0; k < taps; k += 1) {
      const weight = catmullRom((first + k - position) / width);
      indexes[at + k] = Math.min(Math.max(first + k, 0), inputLength - 1);
      weights[at + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k += 1) weights[at + k] = (weights[at + k] ?? 0) / sum;
  }
  return { taps, indexes, weights };
}

function catmullRom(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  if (x >= 1) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return (1.5 * x - 2.5) * x * x + 1;
}
