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
  const { mask, fromRow, toRow } = task;
  const levels = mask.data;
  const end = toRow * mask.width;
  const count = { comparedPixels: 0, changedOutsideMask: 0 };
  let pixel = fromRow * mask.width;
  while (pixel < end) {
    while (pixel < end && levels[pixel] !== 0) pixel += 1;
    const from = pixel;
    while (pixel < end && levels[pixel] === 0) pixel += 1;
    count.comparedPixels += pixel - from;
    count.changedOutsideMask += changedInRun(task, from, pixel);
  }
  return count;
}

function changedInRun(task: CountChangesTask, from: number, to: number): number {
  const { channels } = task.original;
  const before = task.original.data.subarray(from * channels, to * channels);
  const after = task.result.data.subarray(from * channels, to * channels);
  // Unchanged is the rule, and one native comparison says so.
  if (Buffer.compare(before, after) === 0) return 0;
  let changed = 0;
  for (let at = 0; at < before.length; at += channels) {
    let c = 0;
    while (c < channels && before[at + c] === after[at + c]) c += 1;
    if (c < channels) changed += 1;
  }
  return changed;
}
