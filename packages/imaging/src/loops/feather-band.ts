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

/** Weighs a band; one that paints nothing costs nothing, as fresh weights are 0. */
export function featherBand(task: FeatherBandTask): void {
  const { mask, weights, featherPx, fromRow, toRow } = task;
  const { data, width, height } = mask;
  const band = data.subarray(fromRow * width, toRow * width);
  if (Buffer.compare(band, Buffer.alloc(band.length)) === 0) return;
  weights.set(
    featherInward({ levels: data, width, height, fromRow, toRow, featherPx }),
    fromRow * width,
  );
}
