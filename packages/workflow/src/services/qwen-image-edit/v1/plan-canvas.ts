import type { CanvasPlan } from "../../../canvas/canvas-plan.ts";
import { planWholePicture } from "../../../canvas/plan-whole-picture.ts";
import type { CanvasRequest } from "../../../contract/gpu-service.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";
import { MASK_GROW_CANVAS_PX } from "./templates.ts";

/** Inward feather of the paste-back, in canvas px; narrower than the growth, so the seam lies in edited pixels. */
const MASK_FEATHER_CANVAS_PX = 6;

/**
 * Plans an edit of the whole picture.
 * @throws {RangeError} on a ratio, mode or picture size the contract does not offer.
 */
export function planQwenImageEditCanvas(request: CanvasRequest): CanvasPlan {
  const { ratios, modes } = QWEN_IMAGE_EDIT_CONTRACT;
  if (!ratios.includes(request.ratio)) throw new RangeError(`no such ratio: ${request.ratio}`);
  if (!modes.some((mode) => mode.id === request.mode)) {
    throw new RangeError(`no such mode: ${request.mode}`);
  }
  return planWholePicture({
    picture: request.picture,
    maskBounds: request.maskBounds,
    softness: {
      growCanvasPx: MASK_GROW_CANVAS_PX,
      featherCanvasPx: MASK_FEATHER_CANVAS_PX,
    },
  });
}
