import type { OptionWords } from "./option-words.ts";

/** Make-up. */
export const MAKEUP: OptionWords = {
  kind: "change",
  id: "makeup",
  title: { th: "แต่งหน้า", en: "Makeup" },
  cast: "person",
  changes: ["skin", "face"],
  remains: {
    face: { en: ["facial features"], th: "เค้าหน้า" },
    skin: { en: ["skin tone"], th: "สีผิว" },
  },
  choices: [
    {
      id: "natural",
      title: { th: "แต่งหน้าบาง ๆ", en: "Natural" },
      change: {
        th: "แต่งหน้าโทนธรรมชาติ ปากสีนู้ดอมชมพู",
        en: "Apply light, natural makeup with rosy nude lips",
      },
    },
    {
      id: "korean-dewy",
      title: { th: "เกาหลีฉ่ำวาว", en: "Korean dewy" },
      change: {
        th: "แต่งหน้าสไตล์เกาหลี ผิวฉ่ำวาว ปากสีพีชไล่เฉด",
        en: "Apply Korean-style makeup with dewy skin and gradient peach lips",
      },
    },
    {
      id: "red-lips",
      title: { th: "ปากแดงคลาสสิก", en: "Classic red lips" },
      change: {
        th: "ทาปากสีแดงสด เขียนอายไลเนอร์บาง",
        en: "Apply classic red lipstick and thin black eyeliner",
      },
    },
    {
      id: "office-matte",
      title: { th: "ลุคทำงานเนี้ยบ", en: "Polished office" },
      change: {
        th: "แต่งหน้าลุคทำงาน ผิวแมตต์ คิ้วเรียบร้อย ปากสีชมพูกุหลาบ",
        en: "Apply polished office makeup with matte skin, groomed eyebrows and rose pink lips",
      },
    },
    {
      id: "smoky-eyes",
      title: { th: "สโมกกีอาย", en: "Smoky eyes" },
      change: {
        th: "แต่งตาสโมกกีสีน้ำตาลดำ ปากสีนู้ด",
        en: "Apply brown and black smoky eye makeup with nude lips",
      },
    },
    {
      id: "bridal",
      title: { th: "เจ้าสาว", en: "Bridal" },
      change: {
        th: "แต่งหน้าเจ้าสาวหวานสง่า โทนชมพูแชมเปญ",
        en: "Apply soft, elegant bridal makeup in pink and champagne tones",
      },
    },
    {
      id: "thai-dancer",
      title: { th: "นางรำ", en: "Thai classical dancer" },
      change: {
        th: "แต่งหน้าแบบนางรำไทย คิ้วคมเข้ม ตาคม ปากแดง",
        en: "Apply Thai classical dance makeup with defined eyebrows, strong eyeliner and red lips",
      },
    },
    {
      id: "remove-makeup",
      title: { th: "ลบเครื่องสำอาง", en: "Remove makeup" },
      change: {
        th: "ลบเครื่องสำอางออก ให้เห็นผิวหน้าธรรมชาติ",
        en: "Remove all makeup and show natural, healthy bare skin",
      },
    },
  ],
};
