import { extendOutput, MAX_OUTPUT_PIXELS, ratioShape } from "@ob/workflow/canvas";
import type { Size, SourceRect } from "./painter/view-transform.ts";

/** Width / height of a ratio; null for the photo's own. */
export function ratioValue(ratio: string): number | null {
  const shape = ratioShape(ratio);
  return shape === null ? null : shape.width / shape.height;
}

/**
 * The frame the planner will make of a photo, the photo whole in its middle; null = the photo's own
 * ratio. In photo px, so that `x` and `y`, the frame's corner, are zero or negative.
 */
export function frameOfRatio(photo: Size, ratio: string | null): SourceRect {
  const { output, placed } = extend(photo, ratio, Number.POSITIVE_INFINITY);
  // Taking from zero makes of −0 a plain 0.
  return { x: 0 - placed.x, y: 0 - placed.y, ...output };
}

/** The size the picture is delivered with: the frame's, or as near as the most pixels allow. */
export function deliveredSize(
  photo: Size,
  ratio: string | null,
): Size & { readonly isReduced: boolean } {
  const { output, placed } = extend(photo, ratio, MAX_OUTPUT_PIXELS);
  return { ...output, isReduced: placed.width < photo.width || placed.height < photo.height };
}

function extend(photo: Size, ratio: string | null, maxOutputPixels: number) {
  // A ratio this page does not know yet (an old tab, a newer server) shows as the photo's own.
  const known = ratio !== null && ratioShape(ratio) !== null ? ratio : "original";
  return extendOutput(photo, { ratio: known, maxOutputPixels });
}
