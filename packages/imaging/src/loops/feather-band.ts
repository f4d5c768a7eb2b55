import type { Pixels, SharedBytes } from "../pixels.ts";
import { featherInward } from "./feather-inward.ts";

/** Rows of a mask whose weights go to the same rows of `weights`. */
export interface FeatherBandTask {
  mask: Pixels;
  weights: SharedBytes;
  featherPx: number;
  fromRow: number;
  toRow: number;
}

/**
 * Weighs a band, looking only at its painted columns and one more on each side: a kept pixel further out is never the
 * nearest. A band that paints nothing costs nothing, as fresh weights are 0.
 */
export function featherBand(task: FeatherBandTask): void {
  const { mask, weights, featherPx, fromRow, toRow } = task;
  const { width } = mask;
  const painted = paintedColumns(task);
  if (!painted) return;
  const left = Math.max(0, painted.first - 1);
  const right = Math.min(width, painted.last + 2);
  const margin = Math.ceil(featherPx) + 1;
  const top = Math.max(0, fromRow - margin);
  const bottom = Math.min(mask.height, toRow + margin);
  const levels = new Uint8Array((right - left) * (bottom - top));
  for (let row = top; row < bottom; row += 1) {
    const at = row * width;
    levels.set(mask.data.subarray(at + left, at + right), (row - top) * (right - left));
  }
  const size = { width: right - left, height: bottom - top };
  const rows = { fromRow: fromRow - top, toRow: toRow - top };
  const weighed = featherInward({ levels, ...size, ...rows, featherPx });
  for (let row = 0; row < toRow - fromRow; row += 1) {
    const line = weighed.subarray(row * size.width, (row + 1) * size.width);
    weights.set(line, (fromRow + row) * width + left);
  }
}

function paintedColumns(task: FeatherBandTask): { first: number; last: number } | null {
  const { data, width } = task.mask;
  let first = width;
  let last = -1;
  for (let at = task.fromRow * width; at < task.toRow * width; at += width) {
    let x = 0;
    while (x < first && data[at + x] === 0) x += 1;
    first = x;
    x = width - 1;
    while (x > last && data[at + x] === 0) x -= 1;
    last = x;
  }
  return last < 0 ? null : { first, last };
}
