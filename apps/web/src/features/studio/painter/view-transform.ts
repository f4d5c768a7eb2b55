import type { SourcePoint } from "./mask-op.ts";

/** A point in CSS px from the stage's upper left corner. */
export interface StagePoint {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The stage in CSS px, and what floats over its upper and left edge, where a fitted picture must not lie. */
export interface Stage extends Size {
  readonly insetTop: number;
  readonly insetLeft: number;
}

/** Where the picture lies on the stage: `scale` is CSS px per source px, `x`, `y` its corner in CSS px. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Room around a fitted picture, so that a brush can start outside it. */
export const STAGE_PADDING_PX = 16;
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 16;

/** The view that shows the whole picture in the middle of the stage. */
export function fittedView(stage: Stage, picture: Size): View {
  const free = { width: stage.width - stage.insetLeft, height: stage.height - stage.insetTop };
  const room = {
    width: Math.max(1, free.width - 2 * STAGE_PADDING_PX),
    height: Math.max(1, free.height - 2 * STAGE_PADDING_PX),
  };
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return {
    scale,
    x: stage.insetLeft + (free.width - picture.width * scale) / 2,
    y: stage.insetTop + (free.height - picture.height * scale) / 2,
  };
}

/** Part of the plane the picture lies in, in source px from the picture's corner. */
export interface SourceRect extends Size {
  readonly x: number;
  readonly y: number;
}

/** The view that shows a whole rectangle around the picture in the middle of the stage. */
export function fittedFrame(stage: Stage, frame: SourceRect): View {
  const view = fittedView(stage, frame);
  return {
    scale: view.scale,
    x: view.x - frame.x * view.scale,
    y: view.y - frame.y * view.scale,
  };
}

export function toSource(view: View, point: StagePoint): SourcePoint {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** How large the picture is shown against the fitted view: 1 = fitted. */
export function zoomOf(view: View, fitted: View): number {
  return view.scale / fitted.scale;
}

/** Zooms by a factor, keeping the source point under `anchor` where it is, within 0.5 to 16 times fitted. */
export function zoomedAt(
  view: View,
  o: { anchor: StagePoint; factor: number; fitted: View },
): View {
  const wanted = view.scale * o.factor;
  const scale = Math.min(Math.max(wanted, o.fitted.scale * MIN_ZOOM), o.fitted.scale * MAX_ZOOM);
  const kept = toSource(view, o.anchor);
  return { scale, x: o.anchor.x - kept.x * scale, y: o.anchor.y - kept.y * scale };
}

export function pannedBy(view: View, delta: StagePoint): View {
  return { ...view, x: view.x + delta.x, y: view.y + delta.y };
}

/** Follows two fingers: the source points under them stay under them, as far as zoom limits allow. */
export function pinched(
  view: View,
  o: {
    from: readonly [StagePoint, StagePoint];
    to: readonly [StagePoint, StagePoint];
    fitted: View;
  },
): View {
  const before = Math.max(1, distance(o.from[0], o.from[1]));
  const factor = Math.max(1, distance(o.to[0], o.to[1])) / before;
  const fromCentre = centre(o.from[0], o.from[1]);
  const toCentre = centre(o.to[0], o.to[1]);
  const moved = pannedBy(view, { x: toCentre.x - fromCentre.x, y: toCentre.y - fromCentre.y });
  return zoomedAt(moved, { anchor: toCentre, factor, fitted: o.fitted });
}

/** Keeps at least a strip of the picture on the stage, so that it can never be lost. */
export function keptInSight(view: View, o: { stage: Size; picture: Size }): View {
  const strip = 48;
  const width = o.picture.width * view.scale;
  const height = o.picture.height * view.scale;
  return {
    scale: view.scale,
    x: Math.min(Math.max(view.x, strip - width), o.stage.width - strip),
    y: Math.min(Math.max(view.y, strip - height), o.stage.height - strip),
  };
}

/** Zoom factor of one wheel event; small trackpad deltas give small steps. */
export function wheelFactor(deltaY: number): number {
  const bounded = Math.min(Math.max(deltaY, -60), 60);
  return Math.exp(-bounded * 0.008);
}

function distance(a: StagePoint, b: StagePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function centre(a: StagePoint, b: StagePoint): StagePoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
