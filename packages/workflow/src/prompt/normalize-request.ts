import { findLiterals } from "./find-literals.ts";
import { arabicDigits, collapseSpaces, composeText } from "./normalize-prompt.ts";

/**
 * A letter stretched for emphasis: "สวยยยยย", "มากกกก", "ๆๆๆ". Three may meet where words do
 * ("เสื้อออก", "ถนนนี้"), so the letters of shorter runs are left to the segmentation.
 */
const STRETCHED = /([\u0E01-\u0E2E\u0E30\u0E32\u0E33\u0E40-\u0E46])\1{3,}|(ๆ)ๆ+/g;

/** More marks on one letter than any script we read puts there. */
const PILED_MARKS = /(\p{Mn}{2})\p{Mn}+/gu;

/** The words by which the text encoder introduces each picture; a user's own would pretend to be one. */
const PICTURE_HEADING = /\b(picture|image)(\s*\d+)\s*:/gi;

/**
 * The text a free request means: composed, Thai marks in writing order, without invisible
 * characters and control tokens; outside quotations (of every kind) Thai digits as Arabic ones,
 * stretched letters typed once and no heading of a picture. Doing it twice changes nothing.
 */
export function normalizeRequest(raw: string): string {
  let text = raw;
  // A rule can make room for another, and each only shortens or settles, so this ends.
  for (;;) {
    const next = collapseSpaces(outsideLiterals(composeText(text)));
    if (next === text) return text;
    text = next;
  }
}

function outsideLiterals(text: string): string {
  let result = "";
  let end = 0;
  for (const literal of findLiterals(text)) {
    result += normalizePart(text.slice(end, literal.start)) + literal.quoted;
    end = literal.start + literal.quoted.length;
  }
  return result + normalizePart(text.slice(end));
}

function normalizePart(part: string): string {
  return arabicDigits(part)
    .replace(PILED_MARKS, "$1")
    .replace(STRETCHED, "$1$2")
    .replace(PICTURE_HEADING, "$1$2,");
}
