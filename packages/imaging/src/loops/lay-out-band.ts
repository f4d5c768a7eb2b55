import type { Pixels } from "../pixels.ts";

/** Rows of a larger picture that holds `source` with its upper left corner at (`left`, `top`). */
export interface LayOutBandTask {
  /** RGB or RGBA. */
  source: Pixels;
  left: number;
  top: number;
  /** Of the source's channels; its rows `fromRow` to `toRow` are written. */
  result: Pixels;
  fromRow: number;
  toRow: number;
}

/**
 * Copies the source to its place, byte by byte, and lets its edge run out into the margins: so that neither scaling
 * nor the feather meets anything foreign there. Margins are opaque; a transparent edge runs out as it lies on white.
 */
export function layOutBand(task: LayOutBandTask): void {
  const { source, left, top, result, fromRow, toRow } = task;
  const { channels } = source;
  const stride = source.width * channels;
  for (let row = fromRow; row < toRow; row += 1) {
    const line = result.data.subarray(
      row * result.width * channels,
      (row + 1) * result.width * channels,
    );
    const from = Math.min(Math.max(row - top, 0), source.height - 1);
    const copied = line.subarray(left * channels, left * channels + stride);
    copied.set(source.data.subarray(from * stride, (from + 1) * stride));
    if (row !== from + top) coverWhite(copied, channels);
    runOut(line.subarray(0, left * channels), copied.subarray(0, channels), channels);
    runOut(line.subarray(left * channels + stride), copied.subarray(stride - channels), channels);
  }
}

function runOut(margin: Uint8Array, pixel: Uint8Array, channels: number): void {
  if (margin.length === 0) return;
  margin.set(pixel);
  coverWhite(margin.subarray(0, channels), channels);
  // Each copy doubles what stands.
  for (let done = channels; done < margin.length; done *= 2) margin.copyWithin(done, 0, done);
}

function coverWhite(line: Uint8Array, channels: number): void {
  if (channels !== 4) return;
  for (let at = 0; at < line.length; at += 4) {
    const alpha = line[at + 3] ?? 0;
    for (let c = 0; c < 3; c += 1) {
      line[at + c] = Math.round(((line[at + c] ?? 0) * alpha) / 255 + 255 - alpha);
    }
    line[at + 3] = 255;
  }
}

/** Rows of a mask for the whole output: the painted levels at their place, 255 in the margins. */
export interface LayOutMaskTask {
  /** Null: nothing is painted. */
  mask: Pixels | null;
  placed: { x: number; y: number; width: number; height: number };
  result: Pixels;
  fromRow: number;
  toRow: number;
}

/** Says for every output pixel how much the model may change it. */
export function layOutMaskBand(task: LayOutMaskTask): void {
  const { mask, placed, result, fromRow, toRow } = task;
  const { data, width } = result;
  data.fill(255, fromRow * width, toRow * width);
  const first = Math.max(fromRow, placed.y);
  const last = Math.min(toRow, placed.y + placed.height);
  for (let row = first; row < last; row += 1) {
    const at = row * width + placed.x;
    const from = (row - placed.y) * placed.width;
    if (mask) data.set(mask.data.subarray(from, from + placed.width), at);
    else data.fill(0, at, at + placed.width);
  }
}
