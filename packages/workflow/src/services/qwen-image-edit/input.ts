import type { InputResolution, RawServiceInput } from "../../contract/gpu-service.ts";
import { resolveContractInput } from "../../contract/resolve-input.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";

/** Checks an edit's input and fills in the defaults; an edit must say what to change. */
export function resolveQwenImageEditInput(raw: RawServiceInput): InputResolution {
  const resolution = resolveContractInput(QWEN_IMAGE_EDIT_CONTRACT, raw);
  if (!resolution.ok) return resolution;
  const { options, prompt } = resolution.input;
  return Object.keys(options).length === 0 && prompt === null
    ? { ok: false, problem: { code: "INPUT_INVALID", field: "prompt" } }
    : resolution;
}
