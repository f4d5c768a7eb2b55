import type { LocalizedText } from "../../../localized-text.ts";
import type { Cast } from "./option-words.ts";

/** What an edit that names no change does: the least a retoucher would. */
export const CLEAN_UP = {
  product: {
    th: "ปรับภาพให้สะอาดตา ลบฝุ่น รอยขีดข่วน และคราบบนสินค้า",
    en: "Retouch the photo lightly: remove dust, scratches and stains from the product.",
  },
  other: {
    th: "ปรับภาพให้สะอาดตา ลบฝุ่น จุด และรอยเล็ก ๆ",
    en: "Retouch the photo lightly: remove dust, specks and small blemishes.",
  },
} as const satisfies Record<"product" | "other", LocalizedText>;

/** Where the change happens, by whether new margins are drawn as well. */
export const MASKED = {
  inside: {
    th: "เปลี่ยนเฉพาะบริเวณที่ระบายไว้",
    en: "Change only the masked area, blend its edges naturally into the surroundings, and leave everything outside it exactly as it is.",
  },
  insideAndMargins: {
    th: "เปลี่ยนเฉพาะบริเวณที่ระบายไว้และขอบภาพที่เติมใหม่",
    en: "Besides the new areas, change only the masked area, blend its edges naturally into the surroundings, and leave everything else exactly as it is.",
  },
} as const satisfies Record<string, LocalizedText>;

/** When the picture itself stays and only its margins are new. */
export const MARGINS_ONLY = {
  keep: {
    th: "ภาพเดิมทั้งภาพ ไม่ตัดและไม่แก้",
    en: "Leave everything inside the original borders exactly as it is.",
  },
  quality: {
    th: "ภาพต่อเนื่องเป็นผืนเดียว แสง มุมมอง และความคมชัดเสมอกัน",
    en: "The result is one seamless picture with consistent light, perspective, grain and sharpness.",
  },
} as const satisfies Record<string, LocalizedText>;

/** What goes on beyond the old borders. */
const BEYOND = {
  scene: { th: "ภาพเดิม", en: "the scene" },
  newBackground: { th: "ฉากใหม่", en: "the new background" },
  room: { th: "ห้อง", en: "the room" },
} as const satisfies Record<string, LocalizedText>;

/**
 * How a picture is drawn beyond its borders; on the canvas the new areas are plain gray.
 * @param ratio such as `16:9`
 */
export function outpaintWords(
  ratio: string,
  { beyond, hasExtras }: { beyond: keyof typeof BEYOND; hasExtras: boolean },
): LocalizedText {
  const picture = hasExtras ? "Picture 1" : "the picture";
  return {
    th: `เติมขอบภาพให้เป็นสัดส่วน ${ratio} ต่อเนื่องจาก${BEYOND[beyond].th} ไม่ตัดภาพเดิมออก`,
    en: `Extend ${picture} beyond its original borders to a ${ratio} format: fill the plain gray areas around it with a natural continuation of ${BEYOND[beyond].en}, matching its perspective, light and focus, without visible seams.`,
  };
}

/** The quality wanted, said last. */
export const BASELINE = {
  product: {
    th: "ภาพสินค้าสมจริง คมชัด สีตรง ขอบเรียบ",
    en: "The result is a photorealistic product photo with crisp detail, accurate colors and clean edges.",
  },
  food: {
    th: "ภาพอาหารสมจริง น่ากิน คมชัด สีเป็นธรรมชาติ",
    en: "The result is a photorealistic, appetizing food photo with crisp detail and natural colors.",
  },
  person: {
    th: "ภาพถ่ายสมจริง ผิวเป็นธรรมชาติ คมชัด ไม่มีส่วนผิดรูป",
    en: "The result is a photorealistic photo with natural skin texture, sharp detail and no distortion.",
  },
  room: {
    th: "ภาพห้องสมจริง เส้นตรงไม่เบี้ยว มุมมองและแสงสอดคล้องกัน",
    en: "The result is a photorealistic interior photo with straight lines, correct perspective and consistent light.",
  },
  scene: {
    th: "ภาพถ่ายสมจริง คมชัด มุมมองและแสงสอดคล้องกัน",
    en: "The result is a photorealistic photo with sharp detail, correct perspective and consistent light.",
  },
  drawn: {
    th: "ภาพสวยเรียบร้อย รายละเอียดชัด ไม่มีส่วนผิดรูป",
    en: "The result is clean and detailed, with one consistent style and no distortion.",
  },
  look: {
    th: "ภาพถ่ายจริงที่โทนเดียวกันทั้งภาพ ไม่มีส่วนผิดรูป",
    en: "The result is a real photo with one consistent look and no distortion.",
  },
} as const satisfies Record<Cast | "drawn" | "look", LocalizedText>;

/** For a request that names nothing we know: single things to keep could contradict it. */
export const OPEN_KEEP: LocalizedText = {
  th: "ทุกอย่างที่ไม่ได้พูดถึง",
  en: "Keep everything that is not mentioned exactly the same.",
};
