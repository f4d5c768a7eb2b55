import type { SourcePoint } from "./mask-op.ts";

/** Collects a stroke's points: whole source px, close ones dropped, so that a stroke stays short. */
export class StrokePoints {
  readonly #minStepPx: number;
  readonly #flat: number[] = [];

  /** @param widthPx brush width in source px. */
  constructor(widthPx: number) {
    // A tenth of the brush is the finest step the eye can tell apart.
    this.#minStepPx = Math.max(1, widthPx * 0.1);
  }

  get flat(): readonly number[] {
    return this.#flat;
  }

  get count(): number {
    return this.#flat.length / 2;
  }

  /** Keeps the point unless it is too close to the last; says whether it was kept. */
  add(point: SourcePoint): boolean {
    const x = Math.round(point.x);
    const y = Math.round(point.y);
    const lastX = this.#flat.at(-2);
    const lastY = this.#flat.at(-1);
    if (lastX !== undefined && lastY !== undefined) {
      if (Math.hypot(x - lastX, y - lastY) < this.#minStepPx) return false;
    }
    this.#flat.push(x, y);
    return true;
  }
}

/** The part of CanvasRenderingContext2D a stroke needs. */
export interface StrokeTarget {
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cpx: number, cpy: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(): void;
  stroke(): void;
}

/**
 * Draws the piece of a stroke that point `index` completes: a curve between the midpoints around the
 * point before it. Live ink and replay use the same pieces, so both give the same pixels.
 */
export function drawPiece(target: StrokeTarget, points: readonly number[], index: number): void {
  const at = pointAt(points, index);
  const before = pointAt(points, index - 1);
  if (at === null || before === null) return;
  const start = pointAt(points, index - 2);
  const from = start === null ? before : middle(start, before);
  const to = middle(before, at);
  target.beginPath();
  target.moveTo(from.x, from.y);
  target.quadraticCurveTo(before.x, before.y, to.x, to.y);
  target.stroke();
}

/** Draws what the pieces leave open: the dot of a single point, or the end after the last midpoint. */
export function drawTail(
  target: StrokeTarget,
  stroke: { points: readonly number[]; widthPx: number },
): void {
  const last = pointAt(stroke.points, stroke.points.length / 2 - 1);
  if (last === null) return;
  const before = pointAt(stroke.points, stroke.points.length / 2 - 2);
  target.beginPath();
  if (before === null) {
    target.arc(last.x, last.y, stroke.widthPx / 2, 0, Math.PI * 2);
    target.fill();
    return;
  }
  const from = middle(before, last);
  target.moveTo(from.x, from.y);
  target.lineTo(last.x, last.y);
  target.stroke();
}

function pointAt(points: readonly number[], index: number): SourcePoint | null {
  if (index < 0) return null;
  const x = points[index * 2];
  const y = points[index * 2 + 1];
  return x === undefined || y === undefined ? null : { x, y };
}

function middle(a: SourcePoint, b: SourcePoint): SourcePoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
