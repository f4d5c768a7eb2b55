import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useId } from "react";
import type { Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { countGraphemes } from "../../shared/lib/graphemes.ts";
import { cx } from "../../shared/ui/cx.ts";
import { isPromptTooLong, promptLimit } from "./prompt-limit.ts";
import type { DraftHandle } from "./use-draft.ts";
import { WarningLines } from "./warning-lines.tsx";
import type { QuoteWarning } from "./warning-place.ts";

/** Words one might write; a service that is new to this page gets none put into its mouth. */
const EXAMPLES: Readonly<Record<string, MessageDescriptor>> = {
  "qwen-image-edit": msg`เช่น เปลี่ยนแก้วเป็นสีน้ำเงิน`,
  "photo-restore": msg`เช่น เสื้อของคนกลางเป็นสีฟ้า`,
};

/** Free words for the model, Thai or English. */
export function PromptBox({
  service,
  handle: { draft, dispatch },
  warnings,
}: {
  service: Service;
  handle: DraftHandle;
  warnings: readonly QuoteWarning[];
}) {
  const { i18n } = useLingui();
  const { number } = useFormat();
  const id = useId();
  const isTooLong = isPromptTooLong(draft.prompt, service);
  const count = number(countGraphemes(draft.prompt, "th"));
  const example = EXAMPLES[service.id];
  const limit = number(promptLimit(service));
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
        placeholder={example === undefined ? "" : i18n._(example)}
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
      <WarningLines warnings={warnings} place={{ at: "prompt" }} />
    </div>
  );
}
