import type { Pixels, SharedBytes } from "../pixels.ts";
import type { AxisMap } from "./axis-map.ts";
import type { Bounds } from "./read-mask.ts";
import { createDrawing } from "./draw-rows.ts";
import { resampleAxis } from "./resample-axis.ts";
import { applyTone, toneTable, type Tone } from "./tone.ts";

/** Rows of the delivered picture to make. `original`, `result` and `weights` are of one size. */
export interface PasteBandTask {
  original: Pixels;
  result: Pixels;
  /** RGB as the model drew it, padding and shift included. */
  model: Pixels;
  /** How much of the model each pixel takes, 0 to 255; null for all of it everywhere. */
  weights: SharedBytes | null;
  /** Undoes the model's cast; null to leave its tones. */
  tone: Tone | null;
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
  const spans = findSpans(task, rows);
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
  const drawing = createDrawing(task.model, { across, down, columns: spans.right - spans.left });
  const table = task.tone ? toneTable(task.tone) : null;
  for (let row = rows.from; row < rows.to; row += 1) {
    const from = spans.from[row - rows.from] ?? 0;
    const to = spans.to[row - rows.from] ?? 0;
    if (from >= to) continue;
    drawing.drawRow(row - rows.from, from - spans.left, to - spans.left);
    if (table)
      applyTone(drawing.drawn.subarray((from - spans.left) * 3, (to - spans.left) * 3), table);
    blendRow({ task, row, from, to, drawn: drawing.drawn, drawnFrom: spans.left });
  }
}

interface Spans {
  /** First and one past the last column to draw, by row. */
  from: Int32Array;
  to: Int32Array;
  left: number;
  right: number;
}

function findSpans(task: PasteBandTask, rows: { from: number; to: number }): Spans {
  const { crop, original, weights } = task;
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
    const at = row * original.width;
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

interface BlendRow {
  task: PasteBandTask;
  row: number;
  from: number;
  to: number;
  drawn: Uint8ClampedArray;
  drawnFrom: number;
}

function blendRow({ task, row, from, to, drawn, drawnFrom }: BlendRow): void {
  const { weights } = task;
  const { data, width, channels } = task.result;
  let at = (row * width + from) * channels;
  let source = (from - drawnFrom) * 3;
  if (!weights && channels === 3) {
    data.set(drawn.subarray(source, source + (to - from) * 3), at);
    return;
  }
  for (let x = from; x < to; x += 1) {
    const weight = weights ? (weights[row * width + x] ?? 0) : 255;
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

/** Both ends are bytes, so what lies between them is too. */
function mix(kept: number, drawn: number, share: number): number {
  return (kept + share * (drawn - kept) + 0.5) | 0;
}

/** Lays an opaque layer of `weight` over the pixel's alpha and says what share of the visible colour is the layer's. */
function coverAlpha(data: Uint8Array, at: number, weight: number): number {
  const layer = weight / 255;
  const below = ((data[at] ?? 0) / 255) * (1 - layer);
  data[at] = Math.round((layer + below) * 255);
  return layer / (layer + below);
}
