import { Trans } from "@lingui/react/macro";
import type { LiveQuote } from "./use-quote.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { ErrorText } from "../../shared/ui/error-text.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { WarningLines } from "./warning-lines.tsx";

/** What the model will be told, before anything is paid: in the reader's words, in English on demand. */
export function InstructionPreview({ live }: { live: LiveQuote }) {
  const { locale, text } = useFormat();
  if (live.error !== null) {
    return (
      <Notice kind="danger">
        <ErrorText error={live.error} />
      </Notice>
    );
  }
  if (live.quote === null) return null;
  const { prompt, warnings } = live.quote;
  return (
    <section
      aria-busy={live.isFetching}
      className="rounded-card border border-hairline bg-ink-2 px-4 py-3"
    >
      <h3 className="text-label font-medium text-text-2">
        <Trans>สิ่งที่จะบอก AI</Trans>
      </h3>
      <p lang={locale} className="mt-1 whitespace-pre-line wrap-anywhere text-label">
        {text(prompt)}
      </p>
      <WarningLines warnings={warnings} place={{ at: "whole" }} />
      {locale !== "en" && (
        <details className="mt-1">
          <summary className="flex min-h-11 items-center text-caption text-text-3">
            <Trans>ดูคำสั่งภาษาอังกฤษที่ส่งจริง</Trans>
          </summary>
          <p
            lang="en"
            className="whitespace-pre-line wrap-anywhere text-caption text-text-2"
            data-testid="prompt-en"
          >
            {prompt.en}
          </p>
        </details>
      )}
    </section>
  );
}
