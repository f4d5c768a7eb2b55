import { translateRequest } from "../thai/translate-request.ts";
import { keepSentences } from "./keep-sentences.ts";
import type { RewriteRules } from "./prompt-rewriter.ts";

/** A rewritten instruction may be half as long again as the compiled one, and somewhat more. */
const GROWTH = { factor: 1.5, characters: 200 } as const;

/** What a rewrite of a compiled instruction must keep; `prompt` is the request as its user wrote it. */
export function rewriteRules({ en, prompt }: { en: string; prompt: string | null }): RewriteRules {
  const { literals, unknown } = translateRequest(prompt ?? "");
  return {
    literals: literals.filter((literal) => en.includes(literal)),
    mayQuote: unknown,
    keepSentences: keepSentences(en),
    maxLength: Math.ceil(Array.from(en).length * GROWTH.factor) + GROWTH.characters,
  };
}
