import { planCanvas } from "../../../canvas/plan-canvas.ts";
import type { GpuService } from "../../../contract/gpu-service.ts";
import { defineService } from "../../define-service.ts";
import { PHOTO_RESTORE_CONTRACT } from "./contract.ts";
import { compilePhotoRestorePrompt } from "./prompt.ts";

/** Repairs and colourises an old photo. */
export const PHOTO_RESTORE: GpuService = defineService({
  contract: PHOTO_RESTORE_CONTRACT,
  compilePrompt: compilePhotoRestorePrompt,
  planCanvas: ({ picture, ratio, params, editsPicture }) => {
    const megapixels = params["megapixels"];
    if (megapixels === undefined) throw new RangeError("megapixels are not given");
    return planCanvas({
      picture,
      maskBounds: null,
      ratio,
      editsPicture,
      megapixels,
      softness: { growCanvasPx: 0, featherCanvasPx: 0 },
    });
  },
});
