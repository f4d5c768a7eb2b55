/** A mask's grey levels; `rows` of the band to weigh, in mask rows. */
export interface FeatherTask {
  levels: Uint8Array;
  width: number;
  height: number;
  fromRow: number;
  toRow: number;
  /** Width of the ramp inside the mask's edge, pixels; 0 for none. */
  featherPx: number;
}

/**
 * How much of the model's picture each pixel of the band takes, 0 to 255. Exactly 0 where the mask is 0; it rises over
 * `featherPx` from the nearest pixel of mask 0 inwards and never passes the mask's own (soft) level. The picture's
 * frame is no edge: a mask that touches it is not feathered there.
 */
export function featherInward(task: FeatherTask): Uint8Array {
  const { levels, width, fromRow, toRow, featherPx } = task;
  const weights = levels.slice(fromRow * width, toRow * width);
  const reach = Math.min(Math.ceil(featherPx) + 1, 60_000);
  if (featherPx <= 0) return weights;
  const ramp = featherRamp(reach, featherPx);
  const gaps = columnGaps(task, reach);
  const hull = createHull(width);
  for (let row = 0; row < toRow - fromRow; row += 1) {
    capRow({ weights, gaps, at: row * width, width, reach, ramp, hull });
  }
  return weights;
}

/** Level by squared distance to the nearest kept pixel, whole pixels squared up to `reach`². */
function featherRamp(reach: number, featherPx: number): Uint8Array {
  const ramp = new Uint8Array(reach * reach + 1).fill(255);
  for (let squared = 0; squared <= reach * reach; squared += 1) {
    const t = Math.min(1, Math.sqrt(squared) / (featherPx + 1));
    ramp[squared] = Math.round(255 * t * t * (3 - 2 * t));
  }
  return ramp;
}

/** For each pixel of the band, rows to the nearest kept pixel above or below, at most `reach`. */
function columnGaps(task: FeatherTask, reach: number): Uint16Array {
  const { width, fromRow, toRow } = task;
  // Rows further than `reach` cannot matter: the band only needs this margin.
  const first = Math.max(0, fromRow - reach);
  const last = Math.min(task.height, toRow + reach);
  const gaps = new Uint16Array((toRow - fromRow) * width);
  const running = new Uint16Array(width).fill(reach);
  for (let row = first; row < fromRow; row += 1) stepGaps(task.levels, row, running, reach);
  for (let row = fromRow; row < toRow; row += 1) {
    stepGaps(task.levels, row, running, reach);
    gaps.set(running, (row - fromRow) * width);
  }
  running.fill(reach);
  for (let row = last - 1; row >= toRow; row -= 1) stepGaps(task.levels, row, running, reach);
  for (let row = toRow - 1; row >= fromRow; row -= 1) {
    stepGaps(task.levels, row, running, reach);
    const at = (row - fromRow) * width;
    for (let x = 0; x < width; x += 1) {
      const gap = running[x] ?? 0;
      if (gap < (gaps[at + x] ?? 0)) gaps[at + x] = gap;
    }
  }
  return gaps;
}

function stepGaps(levels: Uint8Array, row: number, running: Uint16Array, reach: number): void {
  const at = row * running.length;
  for (let x = 0; x < running.length; x += 1) {
    const gap = (running[x] ?? 0) + 1;
    running[x] = levels[at + x] === 0 ? 0 : gap > reach ? reach : gap;
  }
}

/** Room for the parabolas whose lower envelope is a row's exact squared distance. */
interface Hull {
  centre: Int32Array;
  height: Int32Array;
  start: Float64Array;
}

function createHull(width: number): Hull {
  return {
    centre: new Int32Array(width),
    height: new Int32Array(width),
    start: new Float64Array(width),
  };
}

interface RowTask {
  weights: Uint8Array;
  gaps: Uint16Array;
  at: number;
  width: number;
  reach: number;
  ramp: Uint8Array;
  hull: Hull;
}

/** @see Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012 */
function capRow(task: RowTask): void {
  const { weights, at, width, reach, ramp, hull } = task;
  const top = buildHull(task);
  if (top < 0) return;
  const full = reach * reach;
  let parabola = 0;
  for (let x = 0; x < width; x += 1) {
    while (parabola < top && (hull.start[parabola + 1] ?? 0) <= x) parabola += 1;
    const level = weights[at + x] ?? 0;
    if (level === 0) continue;
    const dx = x - (hull.centre[parabola] ?? 0);
    const squared = Math.min(full, dx * dx + (hull.height[parabola] ?? 0));
    const cap = ramp[squared] ?? 255;
    // A painted pixel keeps at least a trace, as its mask says.
    if (cap < level) weights[at + x] = Math.max(1, cap);
  }
}

/** @returns index of the last parabola, -1 when no kept pixel is near this row. */
function buildHull(task: RowTask): number {
  const { gaps, at, width, reach, hull } = task;
  let top = -1;
  for (let x = 0; x < width; x += 1) {
    const gap = gaps[at + x] ?? 0;
    if (gap >= reach) continue;
    // Inside a kept stretch only its two ends can be nearest to anything painted.
    if (gap === 0 && gaps[at + x - 1] === 0 && gaps[at + x + 1] === 0 && x > 0 && x < width - 1)
      continue;
    const height = gap * gap;
    let start = Number.NEGATIVE_INFINITY;
    while (top >= 0) {
      const centre = hull.centre[top] ?? 0;
      start = (height + x * x - (hull.height[top] ?? 0) - centre * centre) / (2 * (x - centre));
      if (start > (hull.start[top] ?? 0)) break;
      top -= 1;
    }
    top += 1;
    hull.centre[top] = x;
    hull.height[top] = height;
    hull.start[top] = top === 0 ? Number.NEGATIVE_INFINITY : start;
  }
  return top;
}
