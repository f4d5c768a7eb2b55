import type { CanvasPlan } from "./canvas-plan.ts";

/** A position in continuous pixel coordinates: pixel `i` spans `i` to `i + 1`. */
export interface Point {
  x: number;
  y: number;
}

/** Where a point of the source lies on the canvas. Points outside the crop map outside the scaled area. */
export function sourceToCanvas(plan: CanvasPlan, point: Point): Point {
  const { crop, scaled, pad } = plan;
  return {
    x: pad.left + ((point.x - crop.x) * scaled.width) / crop.width,
    y: pad.top + ((point.y - crop.y) * scaled.height) / crop.height,
  };
}

/** The exact inverse of {@link sourceToCanvas}. */
export function canvasToSource(plan: CanvasPlan, point: Point): Point {
  const { crop, scaled, pad } = plan;
  return {
    x: crop.x + ((point.x - pad.left) * crop.width) / scaled.width,
    y: crop.y + ((point.y - pad.top) * crop.height) / scaled.height,
  };
}
