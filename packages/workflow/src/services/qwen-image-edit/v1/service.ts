import type { GpuService } from "../../../contract/gpu-service.ts";
import { bindQwenImageEdit } from "./bind.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";
import { resolveQwenImageEditInput } from "./input.ts";
import { planQwenImageEditCanvas } from "./plan-canvas.ts";
import { compileQwenImageEditPrompt } from "./prompt.ts";

/** Edits one photo with Qwen-Image-Edit-2509, inside a mask or as a whole. */
export const QWEN_IMAGE_EDIT: GpuService = {
  id: QWEN_IMAGE_EDIT_CONTRACT.id,
  version: QWEN_IMAGE_EDIT_CONTRACT.version,
  contract: QWEN_IMAGE_EDIT_CONTRACT,
  resolveInput: resolveQwenImageEditInput,
  compilePrompt: compileQwenImageEditPrompt,
  planCanvas: planQwenImageEditCanvas,
  bind: bindQwenImageEdit,
};
