import { findLiterals } from "../find-literals.ts";
import { picturesNamed } from "../pictures-named.ts";
import type { TranslatedRequest } from "../translated-request.ts";
import { joinLines, quoteRequest, translateEnglish } from "../translate-english.ts";

export type { TranslatedRequest } from "../translated-request.ts";

/**
 * A free request as English imperative sentences, and what it is about. Takes a normalised text
 * (see `normalizeRequest`) and gives the same answer for the same text.
 */
export function translateRequest(normalized: string): TranslatedRequest {
  if (!/\p{Script=Thai}/u.test(normalized)) return translateEnglish(normalized);
  const line = joinLines(normalized);
  return {
    ...translateEnglish(""),
    sentences: [quoteRequest(line)],
    th: line,
    literals: findLiterals(normalized).map((literal) => literal.text),
    pictures: picturesNamed(line),
  };
}
