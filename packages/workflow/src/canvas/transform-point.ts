import type { CanvasPlan } from "./canvas-plan.ts";

/** A position in continuous pixel coordinates: pixel `i` spans `i` to `i + 1`. */
export interface Point {
  x: number;
  y: number;
}

/** Where a point of the source lies in the delivered picture. */
export function sourceToOutput({ source, placed }: CanvasPlan, point: Point): Point {
  return {
    x: placed.x + (point.x * placed.width) / source.width,
    y: placed.y + (point.y * placed.height) / source.height,
  };
}

/** The exact inverse of {@link sourceToOutput}. */
export function outputToSource({ source, placed }: CanvasPlan, point: Point): Point {
  return {
    x: ((point.x - placed.x) * source.width) / placed.width,
    y: ((point.y - placed.y) * source.height) / placed.height,
  };
}

/** Where a point of the delivered picture lies on the canvas. Points outside the crop map outside the scaled area. */
export function outputToCanvas({ crop, scaled, pad }: CanvasPlan, point: Point): Point {
  return {
    x: pad.left + ((point.x - crop.x) * scaled.width) / crop.width,
    y: pad.top + ((point.y - crop.y) * scaled.height) / crop.height,
  };
}

/** The exact inverse of {@link outputToCanvas}. */
export function canvasToOutput({ crop, scaled, pad }: CanvasPlan, point: Point): Point {
  return {
    x: crop.x + ((point.x - pad.left) * crop.width) / scaled.width,
    y: crop.y + ((point.y - pad.top) * crop.height) / scaled.height,
  };
}

/** Where a point of the source lies on the canvas. */
export function sourceToCanvas(plan: CanvasPlan, point: Point): Point {
  return outputToCanvas(plan, sourceToOutput(plan, point));
}

/** The exact inverse of {@link sourceToCanvas}. */
export function canvasToSource(plan: CanvasPlan, point: Point): Point {
  return outputToSource(plan, canvasToOutput(plan, point));
}
