import type { CanvasPlan } from "@ob/workflow/canvas";
import type { Pixels } from "./pixels.ts";

/** Stops a plan that was made for another picture. @throws {Error} a defect of the caller, not of a user's file. */
export function checkPlan(plan: CanvasPlan, original: Pixels): void {
  const { source, crop, scaled, pad, canvas, output } = plan;
  const rules: [string, boolean][] = [
    ["source is the original's size", isSize(source, original)],
    ["output is the source's size", isSize(output, source)],
    ["crop lies inside the source", isInside(crop, source)],
    ["canvas width is scaled plus padding", canvas.width === scaled.width + pad.left + pad.right],
    [
      "canvas height is scaled plus padding",
      canvas.height === scaled.height + pad.top + pad.bottom,
    ],
  ];
  const broken = rules.filter(([, holds]) => !holds).map(([rule]) => rule);
  if (broken.length > 0) throw new Error(`Canvas plan does not fit: ${broken.join("; ")}`);
}

type Size = { width: number; height: number };

function isSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function isInside(crop: Size & { x: number; y: number }, source: Size): boolean {
  return (
    crop.x >= 0 &&
    crop.y >= 0 &&
    crop.width > 0 &&
    crop.height > 0 &&
    crop.x + crop.width <= source.width &&
    crop.y + crop.height <= source.height
  );
}
