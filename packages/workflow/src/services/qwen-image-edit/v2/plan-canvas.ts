import type { CanvasPlan } from "../../../canvas/canvas-plan.ts";
import { planCanvas } from "../../../canvas/plan-canvas.ts";
import { STANDARD_LIMITS } from "../../../contract/standard-limits.ts";
import type { CanvasRequest } from "../../../contract/gpu-service.ts";
import { MASK_GROW_CANVAS_PX } from "../../../qwen-graph/edit-variant.ts";

/** Least inward feather of the paste-back, in canvas px; narrower than the growth, so the seam lies in edited pixels. */
const MASK_FEATHER_CANVAS_PX = 6;

/**
 * Plans an edit: of the whole picture, of a painted area's surroundings, or with new margins.
 * @throws {RangeError} on a ratio or picture size that cannot be.
 */
export function planQwenImageEditV2Canvas(request: CanvasRequest): CanvasPlan {
  const { picture, maskBounds, ratio, editsPicture } = request;
  return planCanvas({
    picture,
    maskBounds,
    ratio,
    editsPicture,
    limits: { maxOutputPixels: STANDARD_LIMITS.output.maxPixels },
    softness: {
      growCanvasPx: MASK_GROW_CANVAS_PX,
      featherCanvasPx: MASK_FEATHER_CANVAS_PX,
    },
  });
}
