import type { CanvasPlan } from "../canvas/canvas-plan.ts";
import type { PixelSize } from "../canvas/encoder-sizes.ts";
import { hasRatio } from "../canvas/extend-output.ts";
import type { PixelRect } from "../canvas/pixel-rect.ts";
import type { CompiledPrompt, GpuService, ServiceInput } from "../contract/gpu-service.ts";

/** What an edit will say and how its picture travels, known before anything is paid. */
export interface PlannedEdit {
  prompt: CompiledPrompt;
  plan: CanvasPlan;
}

/**
 * Words and plans an edit of a picture. A ratio the picture already has asks for nothing: no margin
 * would be drawn, and nobody is to pay for one.
 * @throws {RangeError} on a picture, mask or setting the service's contract does not offer.
 */
export function planEdit(
  service: GpuService,
  edit: { picture: PixelSize; maskBounds: PixelRect | null; input: ServiceInput },
): PlannedEdit {
  const { picture, maskBounds } = edit;
  const ratio = hasRatio(picture, edit.input.ratio) ? "original" : edit.input.ratio;
  const { mode, params } = edit.input;
  const prompt = service.compilePrompt({ ...edit.input, ratio });
  const { editsPicture } = prompt;
  return {
    prompt,
    plan: service.planCanvas({ picture, maskBounds, ratio, mode, params, editsPicture }),
  };
}
