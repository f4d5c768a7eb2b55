import type { Alignment } from "./alignment.ts";
import { estimateAlignment } from "./estimate-alignment.ts";
import type { Plane } from "./plane.ts";

/** Our working copy and the model's picture after correction, luma of one size. */
export interface ResidualTask {
  reference: Plane;
  corrected: Plane;
  /** 1 where both may be compared. */
  free: Plane;
  /** The part of it around the mask, where an error would show. */
  ring: Plane;
}

/**
 * Registers the corrected picture once more, around the mask where that can tell, else over the whole free area: root
 * mean square of the displacement over that area, pixels. Null when neither can tell.
 */
export function measureResidual(task: ResidualTask): number | null {
  const { reference, corrected, free, ring } = task;
  for (const area of [ring, free]) {
    const left = estimateAlignment({ reference, moved: corrected, free: area });
    if (left) return displacementOver(area, left);
  }
  return null;
}

/** Root mean square of an alignment's displacement over the pixels of an area (1 or 0). */
export function displacementOver(area: Plane, { shiftX, shiftY, zoom }: Alignment): number {
  const { data, width, height } = area;
  const stretch = zoom - 1;
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    const dy = (y - (height - 1) / 2) * stretch + shiftY;
    for (let x = 0; x < width; x += 1) {
      if (data[y * width + x] !== 1) continue;
      const dx = (x - (width - 1) / 2) * stretch + shiftX;
      sum += dx * dx + dy * dy;
      count += 1;
    }
  }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}
