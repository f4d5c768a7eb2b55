import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { countGraphemes } from "../../shared/lib/graphemes.ts";
import { cx } from "../../shared/ui/cx.ts";
import type { DraftHandle } from "./use-draft.ts";

/** Code points the server accepts; the counter shows what the eye counts, the limit is this. */
export const MAX_PROMPT_CODE_POINTS = 2_000;

/** Whether the server would refuse these words for their length. */
export function isPromptTooLong(prompt: string): boolean {
  return Array.from(prompt).length > MAX_PROMPT_CODE_POINTS;
}

/** Free words for the model, Thai or English. */
export function PromptBox({ handle: { draft, dispatch } }: { handle: DraftHandle }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const id = useId();
  const isTooLong = isPromptTooLong(draft.prompt);
  const count = number(countGraphemes(draft.prompt, "th"));
  const limit = number(MAX_PROMPT_CODE_POINTS);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-label font-medium text-text-2">
        <Trans>บอกเพิ่มด้วยคำของคุณเอง (ไม่บังคับ)</Trans>
      </label>
      <textarea
        id={id}
        lang="th"
        rows={2}
        spellCheck={false}
        autoCapitalize="none"
        value={draft.prompt}
        aria-invalid={isTooLong}
        aria-describedby={`${id}-count`}
        placeholder={t`เช่น เปลี่ยนแก้วเป็นสีน้ำเงิน`}
        onChange={(event) => dispatch({ kind: "promptTyped", prompt: event.target.value })}
        className="block w-full resize-y rounded-control border border-control bg-ink-2 px-3 py-2 text-body text-text-1 placeholder:text-text-3"
      />
      <p
        id={`${id}-count`}
        className={cx("mt-1 text-right text-caption", isTooLong ? "text-danger" : "text-text-3")}
      >
        {isTooLong ? (
          <Trans>
            {count} ตัวอักษร ยาวเกินไป ลดให้ไม่เกิน {limit}
          </Trans>
        ) : (
          <Trans>{count} ตัวอักษร</Trans>
        )}
      </p>
    </div>
  );
}
