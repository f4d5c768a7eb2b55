import { setupI18n, type I18n, type Messages } from "@lingui/core";

export const LOCALES = ["th", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const STORAGE_KEY = "ob.locale";

/** The user's chosen language; Thai until told otherwise. */
export function storedLocale(storage: Pick<Storage, "getItem">): Locale {
  return storage.getItem(STORAGE_KEY) === "en" ? "en" : "th";
}

export function createI18n(o: { locale: Locale; messages: Messages }): I18n {
  return setupI18n({ locale: o.locale, messages: { [o.locale]: o.messages } });
}

const CATALOGUES = {
  th: () => import("./locales/th.po"),
  en: () => import("./locales/en.po"),
} satisfies Record<Locale, () => Promise<{ messages: Messages }>>;

export async function loadMessages(locale: Locale): Promise<Messages> {
  const { messages } = await CATALOGUES[locale]();
  return messages;
}

/** Switches the language in place: nothing on the page is lost. */
export async function switchLocale(
  i18n: I18n,
  o: { locale: Locale; storage: Pick<Storage, "setItem">; document: Document },
): Promise<void> {
  i18n.loadAndActivate({ locale: o.locale, messages: await loadMessages(o.locale) });
  o.storage.setItem(STORAGE_KEY, o.locale);
  o.document.documentElement.lang = o.locale;
}
