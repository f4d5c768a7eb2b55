import type { LocalizedText } from "../../../localized-text.ts";
import { joinWords } from "./join-words.ts";

export interface PictureFacts {
  /** Extra pictures that neither an option nor the request says anything of. */
  unmentioned: readonly number[];
  /** Extra pictures whose only use gave way to another choice. */
  unused: readonly number[];
}

/** What each of several pictures is for. */
export function pictureWords({ unmentioned, unused }: PictureFacts): LocalizedText {
  const uses = [
    ...(unmentioned.length === 0
      ? []
      : [
          {
            th: `ใช้${pictureNames(unmentioned).th} เป็นแบบอ้างอิง`,
            en: `use ${pictureNames(unmentioned).en} as reference`,
          },
        ]),
    ...(unused.length === 0
      ? []
      : [
          {
            th: `ไม่ใช้${pictureNames(unused).th}`,
            en: `take nothing from ${pictureNames(unused).en}`,
          },
        ]),
  ];
  return {
    th: ["แต่งรูปที่ 1 เป็นหลัก", ...uses.map(({ th }) => th)].join(" "),
    en: `${["Use Picture 1 as the base and make every change in it", ...uses.map(({ en }) => en)].join("; ")}.`,
  };
}

/** Pictures by their numbers: "Pictures 2 and 3", "รูปที่ 2 และ 3". */
export function pictureNames(pictures: readonly number[]): LocalizedText {
  const numbers = pictures.map(String);
  return {
    th: `รูปที่ ${numbers.join(" และ ")}`,
    en: `${numbers.length === 1 ? "Picture" : "Pictures"} ${joinWords(numbers)}`,
  };
}
