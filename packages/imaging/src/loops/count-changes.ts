import type { Pixels } from "../pixels.ts";

/** Rows of two decoded pictures of one size, and the mask that says which pixels had to stay. */
export interface CountChangesTask {
  original: Pixels;
  result: Pixels;
  mask: Pixels;
  fromRow: number;
  toRow: number;
}

/** Pixels of mask 0, and how many of them differ in any sample. */
export interface ChangeCount {
  comparedPixels: number;
  changedOutsideMask: number;
}

/** Counts, sample by sample, what changed where nothing may change. */
export function countChanges(task: CountChangesTask): ChangeCount {
  const { original, result, mask, fromRow, toRow } = task;
  const { channels, width } = original;
  const before = original.data;
  const after = result.data;
  let comparedPixels = 0;
  let changedOutsideMask = 0;
  for (let pixel = fromRow * width; pixel < toRow * width; pixel += 1) {
    if (mask.data[pixel] !== 0) continue;
    comparedPixels += 1;
    const at = pixel * channels;
    for (let c = 0; c < channels; c += 1) {
      if (before[at + c] === after[at + c]) continue;
      changedOutsideMask += 1;
      break;
    }
  }
  return { comparedPixels, changedOutsideMask };
}
