import type { ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen } from "./chosen.ts";
import type { WarningCode } from "./warning-messages.ts";

/** What warnings are drawn from. */
export interface WarningFacts {
  input: ServiceInput;
  chosen: Chosen;
  request: TranslatedRequest;
  /** Whether options or words ask for any change besides the ratio. */
  hasChange: boolean;
  editsPicture: boolean;
  /** Extra pictures that nothing says anything of. */
  unmentioned: readonly number[];
}

/** Says that something is worth knowing; `words` fill the message's `{…}`. */
export type Warn = (
  code: WarningCode,
  field: string | null,
  words?: Readonly<Record<string, LocalizedText>>,
) => void;

/** The same characters in both languages. */
export function same(text: string): LocalizedText {
  return { th: text, en: text };
}
