import type { CanvasPlan } from "@ob/workflow/canvas";
import { MAX_PIXELS } from "./limits.ts";
import type { Pixels } from "./pixels.ts";

/** Stops a plan that was made for another picture. @throws {Error} a defect of the caller, not of a user's file. */
export function checkSource({ source }: CanvasPlan, original: Pixels): void {
  refuseUnless([["source is the original's size", isSize(source, original)]]);
}

/** Stops a plan that contradicts itself. @throws {Error} a defect of the caller, not of a user's file. */
export function checkPlan(plan: CanvasPlan): void {
  const { source, placed, output, crop } = plan;
  refuseUnless([
    ["output is at most 40 MP", output.width * output.height <= MAX_PIXELS],
    ["the source lies inside the output", isInside(placed, output)],
    ["the placed source keeps its shape", keepsShape(source, placed)],
    ["crop lies inside the output", isInside(crop, output)],
    ["every margin lies inside the crop", marginsOf(plan).every((rect) => isInside(rect, crop))],
    ["scaled plus padding is the canvas", fillsCanvas(plan)],
  ]);
}

type Size = { width: number; height: number };
type Rect = Size & { x: number; y: number };

function refuseUnless(rules: readonly (readonly [string, boolean])[]): void {
  const broken = rules.filter(([, holds]) => !holds).map(([rule]) => rule);
  if (broken.length > 0) throw new Error(`Canvas plan does not fit: ${broken.join("; ")}`);
}

function isSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function isInside(inner: Rect, outer: Size & { x?: number; y?: number }): boolean {
  const { x = 0, y = 0, width, height } = outer;
  return (
    inner.x >= x &&
    inner.y >= y &&
    inner.width > 0 &&
    inner.height > 0 &&
    inner.x + inner.width <= x + width &&
    inner.y + inner.height <= y + height
  );
}

/** At its own size or smaller; whole pixels may bend the shape by one of them. */
function keepsShape(source: Size, placed: Size): boolean {
  const tall = (source.height * placed.width) / source.width;
  const wide = (source.width * placed.height) / source.height;
  return (
    placed.width <= source.width &&
    placed.height <= source.height &&
    (Math.abs(tall - placed.height) <= 1 || Math.abs(wide - placed.width) <= 1)
  );
}

/** The strips of the output beyond the source; those on the left and right are as tall as the output. */
function marginsOf({ placed, output }: CanvasPlan): Rect[] {
  const right = placed.x + placed.width;
  const below = placed.y + placed.height;
  const strips = [
    { x: 0, y: 0, width: placed.x, height: output.height },
    { x: right, y: 0, width: output.width - right, height: output.height },
    { x: 0, y: 0, width: output.width, height: placed.y },
    { x: 0, y: below, width: output.width, height: output.height - below },
  ];
  return strips.filter(({ width, height }) => width > 0 && height > 0);
}

function fillsCanvas({ scaled, pad, canvas }: CanvasPlan): boolean {
  return (
    canvas.width === scaled.width + pad.left + pad.right &&
    canvas.height === scaled.height + pad.top + pad.bottom
  );
}
