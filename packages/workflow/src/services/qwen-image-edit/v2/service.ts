import type { GpuService } from "../../../contract/gpu-service.ts";
import { defineService } from "../../define-service.ts";
import { QWEN_IMAGE_EDIT_V2_CONTRACT } from "./contract.ts";
import { planQwenImageEditV2Canvas } from "./plan-canvas.ts";
import { compileQwenImageEditV2Prompt } from "./prompt.ts";

/** Edits one photo with up to two more to take from: inside a mask, as a whole, or beyond its edges. */
export const QWEN_IMAGE_EDIT_V2: GpuService = defineService({
  contract: QWEN_IMAGE_EDIT_V2_CONTRACT,
  compilePrompt: compileQwenImageEditV2Prompt,
  planCanvas: planQwenImageEditV2Canvas,
});
