import type { LocalizedText } from "../../../localized-text.ts";
import { joinWords } from "./join-words.ts";

/**
 * What each of several pictures is for.
 * @param unmentioned extra pictures that neither an option nor the request says anything of
 */
export function pictureWords(unmentioned: readonly number[]): LocalizedText {
  const names = unmentioned.map(String);
  if (names.length === 0) {
    return {
      th: "แต่งรูปที่ 1 เป็นหลัก",
      en: "Use Picture 1 as the base and make every change in it.",
    };
  }
  const pictures = names.length === 1 ? "Picture" : "Pictures";
  return {
    th: `แต่งรูปที่ 1 เป็นหลัก ใช้รูปที่ ${names.join(" และ ")} เป็นแบบอ้างอิง`,
    en: `Use Picture 1 as the base and make every change in it; use ${pictures} ${joinWords(names)} as reference.`,
  };
}
