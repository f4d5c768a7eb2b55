import { beginStroke, abandonStroke, drawOps, endStroke, type MaskBitmap } from "./draw-ops.ts";
import type { MaskOp, SourcePoint, StrokeOp } from "./mask-op.ts";
import { drawPiece, StrokePoints } from "./stroke-path.ts";
import type { Size } from "./view-transform.ts";

/** Ink of the mask on screen; the element's opacity makes it see-through, never the ink itself. */
export const MASK_COLOUR = "#f2b84b";
const CHECKPOINT_EVERY = 20;
const MAX_CHECKPOINTS = 4;
const MEASURE_EDGE_PX = 256;

interface Checkpoint {
  /** The operations the bitmap shows; compared by identity of its last one. */
  readonly count: number;
  readonly lastOp: MaskOp;
  readonly bitmap: ImageBitmap;
}

/** The mask's bitmap at working resolution: live ink, replay from checkpoints, measuring. */
export class MaskSurface {
  readonly #bitmap: MaskBitmap;
  readonly #canvas: HTMLCanvasElement;
  #checkpoints: Checkpoint[] = [];
  #isReleased = false;
  #live: { mode: StrokeOp["mode"]; widthPx: number; points: StrokePoints } | null = null;

  /** @throws {Error} when the browser gives no 2D context. */
  constructor(canvas: HTMLCanvasElement, o: { working: Size; picture: Size }) {
    canvas.width = o.working.width;
    canvas.height = o.working.height;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no 2D context for the mask");
    this.#canvas = canvas;
    this.#bitmap = {
      context,
      width: canvas.width,
      height: canvas.height,
      scaleX: canvas.width / o.picture.width,
      scaleY: canvas.height / o.picture.height,
      colour: MASK_COLOUR,
    };
  }

  get isDrawing(): boolean {
    return this.#live !== null;
  }

  beginLive(stroke: { mode: StrokeOp["mode"]; widthPx: number; at: SourcePoint }): void {
    const points = new StrokePoints(stroke.widthPx);
    points.add(stroke.at);
    this.#live = { mode: stroke.mode, widthPx: stroke.widthPx, points };
    beginStroke(this.#bitmap, stroke);
  }

  extendLive(at: SourcePoint): void {
    const live = this.#live;
    if (live === null || !live.points.add(at)) return;
    drawPiece(this.#bitmap.context, live.points.flat, live.points.count - 1);
  }

  /** Ends the live stroke and gives it as an operation; null when none was being drawn. */
  commitLive(): StrokeOp | null {
    const live = this.#live;
    if (live === null) return null;
    this.#live = null;
    const op: StrokeOp = {
      kind: "stroke",
      mode: live.mode,
      widthPx: live.widthPx,
      points: [...live.points.flat],
    };
    endStroke(this.#bitmap, op);
    return op;
  }

  /** Forgets the live stroke; the caller redraws. */
  dropLive(): void {
    if (this.#live === null) return;
    this.#live = null;
    abandonStroke(this.#bitmap);
  }

  /** Draws one operation on top, when the bitmap already shows all before it. */
  drawOnTop(op: MaskOp): void {
    drawOps(this.#bitmap, [op]);
  }

  /** Redraws from the nearest checkpoint. */
  redraw(ops: readonly MaskOp[]): void {
    const { context, width, height } = this.#bitmap;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    const checkpoint = this.#nearest(ops);
    if (checkpoint !== null) context.drawImage(checkpoint.bitmap, 0, 0);
    drawOps(this.#bitmap, ops.slice(checkpoint?.count ?? 0));
  }

  /** Keeps a bitmap now and then, so that undo replays at most a few operations. */
  async keepCheckpoint(ops: readonly MaskOp[]): Promise<void> {
    const lastOp = ops.at(-1);
    if (lastOp === undefined || ops.length % CHECKPOINT_EVERY !== 0) return;
    if (this.#checkpoints.some((kept) => kept.lastOp === lastOp)) return;
    // Without a checkpoint, undo only takes longer.
    const bitmap = await createImageBitmap(this.#canvas).catch(() => null);
    if (bitmap === null) return;
    if (this.#isReleased) return bitmap.close();
    this.#checkpoints.push({ count: ops.length, lastOp, bitmap });
    const dropped = this.#checkpoints.splice(0, this.#checkpoints.length - MAX_CHECKPOINTS);
    for (const old of dropped) old.bitmap.close();
  }

  /** Share of the picture that is selected, 0 to 1; exactly 0 only when nothing is. */
  coverage(): number {
    const { width, height } = this.#bitmap;
    const factor = Math.min(1, MEASURE_EDGE_PX / Math.max(width, height));
    const small = document.createElement("canvas");
    small.width = Math.max(1, Math.round(width * factor));
    small.height = Math.max(1, Math.round(height * factor));
    const context = small.getContext("2d", { willReadFrequently: true });
    if (context === null) return 0;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.#canvas, 0, 0, small.width, small.height);
    const share = meanAlpha(context.getImageData(0, 0, small.width, small.height).data);
    releaseCanvas(small);
    if (share > 0) return share;
    return meanAlpha(this.#bitmap.context.getImageData(0, 0, width, height).data);
  }

  /** Gives the memory back; the surface is of no use afterwards. */
  release(): void {
    this.#isReleased = true;
    for (const kept of this.#checkpoints) kept.bitmap.close();
    this.#checkpoints = [];
    releaseCanvas(this.#canvas);
  }

  #nearest(ops: readonly MaskOp[]): Checkpoint | null {
    let best: Checkpoint | null = null;
    for (const kept of this.#checkpoints) {
      if (ops[kept.count - 1] !== kept.lastOp) continue;
      if (best === null || kept.count > best.count) best = kept;
    }
    return best;
  }
}

/** Safari keeps a canvas's memory until it shrinks. */
export function releaseCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 1;
  canvas.height = 1;
}

function meanAlpha(rgba: Uint8ClampedArray): number {
  let sum = 0;
  for (let index = 3; index < rgba.length; index += 4) sum += rgba[index] ?? 0;
  return rgba.length === 0 ? 0 : sum / 255 / (rgba.length / 4);
}
