import { Trans, useLingui } from "@lingui/react/macro";
import { LOCALES, switchLocale, type Locale } from "../../shared/i18n/locale.ts";

/** Each language names itself, whatever the page speaks. */
const NAMES = { th: "ไทย", en: "English" } satisfies Record<Locale, string>;

/** Changes the language in place; nothing on the page is lost. */
export function LanguageSwitch() {
  const { i18n } = useLingui();
  const other = LOCALES.find((locale) => locale !== i18n.locale) ?? "th";
  const name = NAMES[other];
  return (
    <button
      type="button"
      className="inline-flex min-h-11 items-center px-2 whitespace-nowrap text-label text-text-2 hover:text-text-1"
      onClick={() => void switchLocale(i18n, { locale: other, storage: localStorage, document })}
    >
      <span className="sr-only">
        <Trans>เปลี่ยนภาษาเป็น</Trans>
      </span>{" "}
      <span lang={other}>{name}</span>
    </button>
  );
}
