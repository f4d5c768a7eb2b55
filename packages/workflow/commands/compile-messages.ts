import type { LocalizedText } from "../src/localized-text.ts";

/** Why an edit cannot be compiled, in the API's own codes. */
export const COMPILE_MESSAGES = {
  INPUT_INVALID: {
    th: "ข้อมูลที่ส่งมาไม่ถูกต้อง ตรวจช่องที่ระบุแล้วลองใหม่",
    en: "The input is not valid. Check the field it names and try again.",
  },
  SERVICE_UNKNOWN: {
    th: "ไม่มีบริการนี้ ตรวจชื่อบริการแล้วลองใหม่",
    en: "There is no such service. Check its name and try again.",
  },
  OPTION_UNKNOWN: {
    th: "ไม่มีตัวเลือกนี้ เลือกจากรายการของบริการ",
    en: "There is no such option. Choose one the service offers.",
  },
  PROMPT_TOO_LONG: {
    th: "ข้อความยาวเกินไป ย่อให้สั้นลงแล้วลองใหม่",
    en: "The text is too long. Shorten it and try again.",
  },
  PROMPT_INVALID: {
    th: "ข้อความมีอักขระที่ใช้ไม่ได้ ลบออกแล้วลองใหม่",
    en: "The text contains characters that cannot be used. Remove them and try again.",
  },
} as const satisfies Record<string, LocalizedText>;
export type CompileErrorCode = keyof typeof COMPILE_MESSAGES;
