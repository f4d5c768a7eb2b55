import type { Pixels } from "../pixels.ts";
import { freeArea } from "./free-area.ts";
import { toLuma, type Plane } from "./plane.ts";

/** Two pictures of one size; `mask` of that size, or null to compare everything. */
export interface SimilarityTask {
  before: Pixels;
  after: Pixels;
  mask: Pixels | null;
}

const WINDOW_PX = 8;
const STEP_PX = 4;
/** (0.01 * 255)² and (0.03 * 255)²: the constants that keep flat windows stable. */
const C1 = 6.5025;
const C2 = 58.5225;
/** Keeps windows clear of samples that mix painted and unpainted pixels. */
const MASK_MARGIN_PX = 2;

/**
 * Mean structural similarity of luma over 8-pixel windows, 0 (unlike) to 1 (the same). With a mask only windows that
 * hold nothing painted count; when there is no such window, all do.
 * @see Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment", 2004
 */
export function measureSimilarity(task: SimilarityTask): number {
  const { width, height } = task.before;
  const frame = { left: 0, top: 0, width, height };
  const before = toLuma(task.before, frame);
  const after = toLuma(task.after, frame);
  const free = task.mask ? freeArea(task.mask, MASK_MARGIN_PX) : null;
  return meanSimilarity(before, after, free) ?? meanSimilarity(before, after, null) ?? 1;
}

function meanSimilarity(before: Plane, after: Plane, free: Plane | null): number | null {
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + WINDOW_PX <= before.height; top += STEP_PX) {
    for (let left = 0; left + WINDOW_PX <= before.width; left += STEP_PX) {
      const at = top * before.width + left;
      if (free && !isFree(free, at)) continue;
      sum += windowSimilarity(before, after, at);
      windows += 1;
    }
  }
  return windows === 0 ? null : Math.min(1, Math.max(0, sum / windows));
}

function isFree(free: Plane, at: number): boolean {
  for (let y = 0; y < WINDOW_PX; y += 1) {
    for (let x = 0; x < WINDOW_PX; x += 1) {
      if (free.data[at + y * free.width + x] === 0) return false;
    }
  }
  return true;
}

function windowSimilarity(before: Plane, after: Plane, at: number): number {
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (let y = 0; y < WINDOW_PX; y += 1) {
    for (let x = 0; x < WINDOW_PX; x += 1) {
      const a = before.data[at + y * before.width + x] ?? 0;
      const b = after.data[at + y * before.width + x] ?? 0;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const n = WINDOW_PX * WINDOW_PX;
  const meanA = sumA / n;
  const meanB = sumB / n;
  const varianceA = sumAA / n - meanA * meanA;
  const varianceB = sumBB / n - meanB * meanB;
  const covariance = sumAB / n - meanA * meanB;
  return (
    ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2))
  );
}
