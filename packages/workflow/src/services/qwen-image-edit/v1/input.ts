import type { InputResolution, RawServiceInput } from "../../../contract/gpu-service.ts";
import { createInputResolver } from "../../../contract/resolve-input.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";

const resolve = createInputResolver(QWEN_IMAGE_EDIT_CONTRACT);

/**
 * Checks an edit's input and fills in the defaults. Only the picture is required: an edit that names
 * no change is a light clean-up, and the quote warns of it before anything is paid.
 */
export function resolveQwenImageEditInput(raw: RawServiceInput): InputResolution {
  return resolve(raw);
}
