import type { Pixels } from "../pixels.ts";
import { featherInward } from "./feather-inward.ts";
import type { Bounds } from "./read-mask.ts";
import { resampleAxis, type Axis } from "./resample-axis.ts";

/** Picture position to model position on one axis: `step * i + offset`, pixel centres whole. */
export interface AxisMap {
  step: number;
  offset: number;
}

/** Rows of the delivered picture to make. `result` already has its size; all pictures but `model` share it. */
export interface PasteBandTask {
  original: Pixels;
  result: Pixels;
  /** RGB as the model drew it, padding and shift included. */
  model: Pixels;
  mask: Pixels | null;
  featherPx: number;
  /** What the model saw; outside it the original stays. */
  crop: Bounds;
  across: AxisMap;
  down: AxisMap;
  fromRow: number;
  toRow: number;
}

/** Copies the original, then lays the model's picture over it, resampled straight to its place, by the mask's weight. */
export function pasteBand(task: PasteBandTask): void {
  const { original, result, crop, fromRow, toRow } = task;
  const stride = original.width * original.channels;
  result.data.set(original.data.subarray(fromRow * stride, toRow * stride), fromRow * stride);
  const rows = { from: Math.max(fromRow, crop.y), to: Math.min(toRow, crop.y + crop.height) };
  if (rows.from >= rows.to) return;
  const weights = task.mask ? bandWeights(task, task.mask) : null;
  const spans = findSpans(task, weights, rows);
  if (spans.left >= spans.right) return;
  const across = resampleAxis({
    fromIndex: spans.left,
    toIndex: spans.right,
    ...task.across,
    inputLength: task.model.width,
  });
  const down = resampleAxis({
    fromIndex: rows.from,
    toIndex: rows.to,
    ...task.down,
    inputLength: task.model.height,
  });
  const lines = createLines(task.model, across, spans.right - spans.left);
  const drawn = new Float32Array((spans.right - spans.left) * 3);
  for (let row = rows.from; row < rows.to; row += 1) {
    const from = spans.from[row - rows.from] ?? 0;
    const to = spans.to[row - rows.from] ?? 0;
    if (from >= to) continue;
    drawRow({
      lines,
      down,
      row: row - rows.from,
      drawn,
      from: from - spans.left,
      to: to - spans.left,
    });
    blendRow({ task, weights, row, from, to, drawn, drawnFrom: spans.left });
  }
}

function bandWeights(task: PasteBandTask, mask: Pixels): Uint8Array {
  return featherInward({
    levels: mask.data,
    width: mask.width,
    height: mask.height,
    fromRow: task.fromRow,
    toRow: task.toRow,
    featherPx: task.featherPx,
  });
}

interface Spans {
  /** First and one past the last column to draw, by row. */
  from: Int32Array;
  to: Int32Array;
  left: number;
  right: number;
}

function findSpans(
  task: PasteBandTask,
  weights: Uint8Array | null,
  rows: { from: number; to: number },
): Spans {
  const { crop, original } = task;
  const spans = {
    from: new Int32Array(rows.to - rows.from).fill(crop.x),
    to: new Int32Array(rows.to - rows.from).fill(crop.x + crop.width),
    left: crop.x,
    right: crop.x + crop.width,
  };
  if (!weights) return spans;
  spans.left = crop.x + crop.width;
  spans.right = crop.x;
  for (let row = rows.from; row < rows.to; row += 1) {
    const at = (row - task.fromRow) * original.width;
    let from = crop.x;
    let to = crop.x + crop.width;
    while (from < to && weights[at + from] === 0) from += 1;
    while (to > from && weights[at + to - 1] === 0) to -= 1;
    spans.from[row - rows.from] = from;
    spans.to[row - rows.from] = to;
    if (from >= to) continue;
    spans.left = Math.min(spans.left, from);
    spans.right = Math.max(spans.right, to);
  }
  return spans;
}

/** A model row, resampled across; made when first asked for and forgotten when the band has moved past it. */
type Lines = (modelRow: number) => Float32Array;

function createLines(model: Pixels, across: Axis, columns: number): Lines {
  const kept = new Map<number, Float32Array>();
  return (modelRow) => {
    const known = kept.get(modelRow);
    if (known) return known;
    // A reused buffer: rows are asked for in order, so the oldest is the furthest behind.
    const oldest = kept.size >= KEPT_LINES ? kept.entries().next().value : undefined;
    if (oldest) kept.delete(oldest[0]);
    const line = oldest ? oldest[1] : new Float32Array(columns * 3);
    resampleLine(model, across, { modelRow, columns, line });
    kept.set(modelRow, line);
    return line;
  };
}

/** Enough for an eightfold reduction; fewer only cost time, never correctness. */
const KEPT_LINES = 40;

function resampleLine(
  model: Pixels,
  across: Axis,
  to: { modelRow: number; columns: number; line: Float32Array },
): void {
  const { taps, indexes, weights } = across;
  const { data, channels } = model;
  const start = to.modelRow * model.width;
  for (let column = 0; column < to.columns; column += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = column * taps; k < (column + 1) * taps; k += 1) {
      const weight = weights[k] ?? 0;
      const at = (start + (indexes[k] ?? 0)) * channels;
      red += weight * (data[at] ?? 0);
      green += weight * (data[at + 1] ?? 0);
      blue += weight * (data[at + 2] ?? 0);
    }
    to.line[column * 3] = red;
    to.line[column * 3 + 1] = green;
    to.line[column * 3 + 2] = blue;
  }
}

interface DrawRow {
  lines: Lines;
  down: Axis;
  row: number;
  drawn: Float32Array;
  from: number;
  to: number;
}

function drawRow({ lines, down, row, drawn, from, to }: DrawRow): void {
  for (let k = 0; k < down.taps; k += 4) {
    const tap = row * down.taps + k;
    addLines({ lines, down, tap, isFirst: k === 0, drawn, from: from * 3, to: to * 3 });
  }
}

interface AddLines {
  lines: Lines;
  down: Axis;
  tap: number;
  isFirst: boolean;
  drawn: Float32Array;
  from: number;
  to: number;
}

/** Four taps in one pass over memory: enlarging has exactly four, reducing a multiple of them. */
function addLines({ lines, down, tap, isFirst, drawn, from, to }: AddLines): void {
  const w0 = down.weights[tap] ?? 0;
  const w1 = down.weights[tap + 1] ?? 0;
  const w2 = down.weights[tap + 2] ?? 0;
  const w3 = down.weights[tap + 3] ?? 0;
  const a = lines(down.indexes[tap] ?? 0);
  const b = lines(down.indexes[tap + 1] ?? 0);
  const c = lines(down.indexes[tap + 2] ?? 0);
  const d = lines(down.indexes[tap + 3] ?? 0);
  for (let i = from; i < to; i += 1) {
    const sum = w0 * (a[i] ?? 0) + w1 * (b[i] ?? 0) + w2 * (c[i] ?? 0) + w3 * (d[i] ?? 0);
    drawn[i] = isFirst ? sum : (drawn[i] ?? 0) + sum;
  }
}

interface BlendRow {
  task: PasteBandTask;
  weights: Uint8Array | null;
  row: number;
  from: number;
  to: number;
  drawn: Float32Array;
  drawnFrom: number;
}

function blendRow(blend: BlendRow): void {
  const { task, weights, row, from, to, drawn, drawnFrom } = blend;
  const { data, width, channels } = task.result;
  const weightRow = (row - task.fromRow) * width;
  let at = (row * width + from) * channels;
  let source = (from - drawnFrom) * 3;
  for (let x = from; x < to; x += 1) {
    const weight = weights ? (weights[weightRow + x] ?? 0) : 255;
    if (weight > 0) {
      const share = weights && channels === 4 ? coverAlpha(data, at + 3, weight) : weight / 255;
      data[at] = mix(data[at] ?? 0, drawn[source] ?? 0, share);
      data[at + 1] = mix(data[at + 1] ?? 0, drawn[source + 1] ?? 0, share);
      data[at + 2] = mix(data[at + 2] ?? 0, drawn[source + 2] ?? 0, share);
    }
    at += channels;
    source += 3;
  }
}

function mix(kept: number, drawn: number, share: number): number {
  const value = kept + share * (drawn - kept) + 0.5;
  return value <= 0 ? 0 : value >= 255 ? 255 : value | 0;
}

/** Lays an opaque layer of `weight` over the pixel's alpha and says what share of the visible colour is the layer's. */
function coverAlpha(data: Uint8Array, at: number, weight: number): number {
  const layer = weight / 255;
  const below = ((data[at] ?? 0) / 255) * (1 - layer);
  data[at] = Math.round((layer + below) * 255);
  return layer / (layer + below);
}
