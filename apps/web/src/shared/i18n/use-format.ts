import { useLingui } from "@lingui/react";
import type { LocalizedText } from "@ob/workflow";

/** Texts, numbers and dates in the reader's language; dates in Bangkok time, Buddhist era in Thai. */
export interface Format {
  readonly locale: "th" | "en";
  readonly text: (text: LocalizedText) => string;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  /** A file's weight in KB or MB. */
  readonly bytes: (count: number) => string;
  readonly dateTime: (iso: string) => string;
}

const TIME_ZONE = "Asia/Bangkok";

export function useFormat(): Format {
  const { i18n } = useLingui();
  const locale = i18n.locale === "en" ? "en" : "th";
  const tag = locale === "th" ? "th-TH" : "en-GB";
  return {
    locale,
    text: (text) => text[locale],
    number: (value) => new Intl.NumberFormat(tag).format(value),
    percent: (share) => new Intl.NumberFormat(tag, { style: "percent" }).format(share),
    bytes: (count) => {
      const [unit, size] = count < 1e6 ? ["KB", count / 1e3] : ["MB", count / 1e6];
      const digits = { maximumFractionDigits: size < 10 ? 1 : 0 };
      return `${new Intl.NumberFormat(tag, digits).format(size)} ${unit}`;
    },
    dateTime: (iso) =>
      new Intl.DateTimeFormat(tag, {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: TIME_ZONE,
      }).format(new Date(iso)),
  };
}
