import { bindContractVariant } from "../../../contract/bind-variant.ts";
import type { BindRequest, BoundGraph } from "../../../contract/gpu-service.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";

/**
 * Binds one edit to its variant.
 * @throws {RangeError} on a mode, file name, prefix or seed that no user's input can produce.
 */
export function bindQwenImageEdit(request: BindRequest): BoundGraph {
  return bindContractVariant(QWEN_IMAGE_EDIT_CONTRACT, request);
}
