import type { CompiledPrompt } from "../src/contract/gpu-service.ts";
import { QWEN_IMAGE_EDIT_V2 } from "../src/services/qwen-image-edit/v2/service.ts";
import { resolvedInput, type GoldenInput } from "./golden-prompts.ts";

/** What qwen-image-edit@2 says for an input. @throws {Error} when the service refuses it. */
export function compileV2(input: GoldenInput): CompiledPrompt {
  return QWEN_IMAGE_EDIT_V2.compilePrompt(resolvedInput(QWEN_IMAGE_EDIT_V2, input));
}

/** The sentences that say what stays: the only ones that begin with "Keep". */
export function keepSentences(en: string): string {
  return (en.match(/\bKeep [^.]*\./g) ?? []).join(" ");
}
