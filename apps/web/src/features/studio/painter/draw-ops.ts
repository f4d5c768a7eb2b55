import type { MaskOp, StrokeOp } from "./mask-op.ts";
import { drawPiece, drawTail } from "./stroke-path.ts";

/** Either kind of 2D context: the page's or a worker's. */
export type MaskContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A mask bitmap being drawn: opaque `colour` where the picture will change, transparent elsewhere. */
export interface MaskBitmap {
  readonly context: MaskContext;
  readonly width: number;
  readonly height: number;
  /** Bitmap px per source px; the two differ where a very narrow photo's working size was rounded. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly colour: string;
}

/** Draws operations on top of what is there. */
export function drawOps(bitmap: MaskBitmap, ops: readonly MaskOp[]): void {
  for (const op of ops) drawOp(bitmap, op);
}

function drawOp(bitmap: MaskBitmap, op: MaskOp): void {
  switch (op.kind) {
    case "clear":
      return paintAll(bitmap, "clear");
    case "fillAll":
      return paintAll(bitmap, "source-over");
    case "invert":
      return paintAll(bitmap, "xor");
    case "stroke":
      return drawStroke(bitmap, op);
  }
}

function paintAll(bitmap: MaskBitmap, how: "clear" | "source-over" | "xor"): void {
  const { context, width, height } = bitmap;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (how === "clear") context.clearRect(0, 0, width, height);
  else {
    context.globalCompositeOperation = how;
    context.fillStyle = bitmap.colour;
    context.fillRect(0, 0, width, height);
  }
  context.restore();
}

function drawStroke(bitmap: MaskBitmap, op: StrokeOp): void {
  beginStroke(bitmap, op);
  for (let index = 1; index < op.points.length / 2; index += 1) {
    drawPiece(bitmap.context, op.points, index);
  }
  endStroke(bitmap, op);
}

/** Sets the context up for a stroke's pieces; end it with {@link endStroke} or {@link abandonStroke}. */
export function beginStroke(bitmap: MaskBitmap, stroke: Pick<StrokeOp, "mode" | "widthPx">): void {
  const { context, scaleX, scaleY, colour } = bitmap;
  context.save();
  context.setTransform(scaleX, 0, 0, scaleY, 0, 0);
  context.globalCompositeOperation = stroke.mode === "add" ? "source-over" : "destination-out";
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = stroke.widthPx;
  context.strokeStyle = colour;
  context.fillStyle = colour;
}

export function endStroke(bitmap: MaskBitmap, stroke: Pick<StrokeOp, "points" | "widthPx">): void {
  drawTail(bitmap.context, stroke);
  bitmap.context.restore();
}

/** Leaves the stroke's settings without drawing its end; the bitmap must be redrawn. */
export function abandonStroke(bitmap: MaskBitmap): void {
  bitmap.context.restore();
}
