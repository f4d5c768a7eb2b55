import type { LocalizedText } from "../../../localized-text.ts";

/** A clause with a color put where its `{color}` stands; "a" becomes "an" before a vowel. */
export function recolorWords(clause: LocalizedText, color: LocalizedText): LocalizedText {
  const article = /^[aeiou]/i.test(color.en) ? "an {color}" : "a {color}";
  return {
    th: clause.th.replace("{color}", color.th),
    en: clause.en.replace("a {color}", article).replace("{color}", color.en),
  };
}
