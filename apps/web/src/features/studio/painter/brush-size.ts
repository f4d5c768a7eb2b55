/** Brush widths are source px; a slider of 0 to 100 runs from 0.5 % to 40 % of the long edge, evenly for the eye. */
const SMALLEST = 0.005;
const LARGEST = 0.4;
export const DEFAULT_BRUSH_STEP = 55;

/** Brush width in source px of a slider step from 0 to 100. */
export function brushWidthPx(stepValue: number, longEdgePx: number): number {
  const bounded = Math.min(Math.max(stepValue, 0), 100) / 100;
  return Math.max(1, Math.round(longEdgePx * SMALLEST * (LARGEST / SMALLEST) ** bounded));
}
