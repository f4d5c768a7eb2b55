import type { PromptWarning } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import { contradictionWarnings } from "./warnings-contradiction.ts";
import { maskWarnings } from "./warnings-mask.ts";
import { requestWarnings } from "./warnings-request.ts";
import { pictureNames } from "./picture-words.ts";
import { isKeepSentence } from "./request-acts.ts";
import { same, type Warn, type WarningFacts } from "./warning-facts.ts";
import { MESSAGES } from "./warning-messages.ts";

/** More changes than these in one run begin to get lost. */
const MANY_CHANGES = 4;

/** What a user should know before paying, in a fixed order. */
export function promptWarnings(facts: WarningFacts): PromptWarning[] {
  const warnings: PromptWarning[] = [];
  const warn: Warn = (code, field, words = {}) => {
    warnings.push({ code, message: fill(MESSAGES[code], words), field });
  };
  for (const { reason, groupId, title, instead } of facts.chosen.dropped) {
    warn(reason, `options.${groupId}`, { title, instead });
  }
  contradictionWarnings(facts, warn);
  maskWarnings(facts, warn);
  requestWarnings(facts, warn);
  if (facts.unmentioned.length > 0) {
    const pictures = pictureNames(facts.unmentioned);
    warn("PICTURE_UNUSED", "extraImageAssetIds", { pictures });
  }
  const count = facts.chosen.changes.length + requestChanges(facts.request);
  if (count > MANY_CHANGES) warn("TOO_MANY_CHANGES", null, { count: same(String(count)) });
  if (!facts.hasChange && facts.editsPicture) warn("NOTHING_TO_CHANGE", null);
  return warnings;
}

function requestChanges({ sentences }: TranslatedRequest): number {
  return sentences.filter((sentence) => !isKeepSentence(sentence)).length;
}

function fill(
  message: LocalizedText,
  words: Readonly<Record<string, LocalizedText>>,
): LocalizedText {
  // One pass: what a user wrote may hold braces itself.
  const put = (language: "th" | "en"): string =>
    message[language].replace(
      /\{(\w+)\}/g,
      (hole, name: string) => words[name]?.[language] ?? hole,
    );
  return { th: put("th"), en: put("en") };
}
