import type { Subject } from "../../../prompt/subjects.ts";
import type { Cast, SubjectWords } from "./option-words.ts";

/** How each thing is named when it is kept. */
const WORDS = {
  face: { en: ["face"], th: "ใบหน้า" },
  // In Thai a kept face says it already.
  identity: { en: ["identity"], th: "" },
  expression: { en: ["expression"], th: "สีหน้า" },
  skin: { en: ["skin tone"], th: "สีผิว" },
  hair: { en: ["hairstyle"], th: "ทรงผม" },
  pose: { en: ["body shape", "pose"], th: "รูปร่างและท่าทาง" },
  hands: { en: ["hands"], th: "มือ" },
  clothing: { en: ["clothes"], th: "เสื้อผ้า" },
  accessories: { en: ["accessories"], th: "เครื่องประดับ" },
  productShape: { en: ["shape", "proportions"], th: "รูปทรงและสัดส่วนสินค้า" },
  productSurface: { en: ["colors", "material"], th: "สีและเนื้อวัสดุสินค้า" },
  food: { en: ["ingredients", "portion", "arrangement"], th: "อาหารและการจัดวาง" },
  furniture: { en: ["the furniture"], th: "เฟอร์นิเจอร์" },
  objects: { en: ["all other objects"], th: "ของอื่นทั้งหมด" },
  background: { en: ["the background"], th: "ฉากหลัง" },
  light: { en: ["the lighting"], th: "แสง" },
  colorTone: { en: ["the color tone"], th: "โทนสี" },
  framing: { en: ["the camera angle", "the framing"], th: "มุมกล้องและกรอบภาพ" },
  text: { en: ["all text, labels and logos"], th: "ข้อความ ฉลาก และโลโก้" },
} as const satisfies Record<Subject, SubjectWords>;

/** Lettering that stays when a new background takes its own away. */
const TEXT_IN_FRONT = {
  product: {
    en: ["all text, labels and logos on the product"],
    th: "ข้อความ ฉลาก และโลโก้บนสินค้า",
  },
  food: {
    en: ["all text and logos on the dishes and packaging"],
    th: "ข้อความและโลโก้บนภาชนะ",
  },
  person: { en: ["all text and logos on the person's clothes"], th: "ข้อความและโลโก้บนเสื้อผ้า" },
  room: null,
  scene: {
    en: ["all text, labels and logos on the main subject"],
    th: "ข้อความ ฉลาก และโลโก้บนสิ่งที่เด่นในภาพ",
  },
} as const satisfies Record<Cast, SubjectWords | null>;

/** Lettering that stays when new clothes take their own away. */
const TEXT_AROUND: SubjectWords = {
  en: ["all text, labels and logos around the person"],
  th: "ข้อความ ฉลาก และโลโก้รอบตัว",
};

const ROOM_SHELL: SubjectWords = {
  en: ["the room's walls, windows and doors"],
  th: "ผนัง หน้าต่าง และประตู",
};

/** Another format has new edges, but it is seen from where the camera stood. */
const CAMERA_ONLY: SubjectWords = { en: ["the camera angle"], th: "มุมกล้อง" };

export interface WordsFacts {
  cast: Cast;
  isChanged: (subject: Subject) => boolean;
  hasNewFormat: boolean;
}

/** How a thing that nothing changes is named; `null` when nothing of it can be kept. */
export function keptWords(
  subject: Subject,
  { cast, isChanged, hasNewFormat }: WordsFacts,
): SubjectWords | null {
  if (subject === "framing" && hasNewFormat) return CAMERA_ONLY;
  if (subject === "background" && cast === "room") return ROOM_SHELL;
  return subject === "text" ? keptText({ cast, isChanged }) : WORDS[subject];
}

function keptText({
  cast,
  isChanged,
}: Pick<WordsFacts, "cast" | "isChanged">): SubjectWords | null {
  const isOnClothes = cast === "person" && isChanged("clothing");
  if (!isChanged("background")) return isOnClothes ? TEXT_AROUND : WORDS.text;
  // New clothes before a new background leave no lettering of the picture's.
  return isOnClothes ? null : TEXT_IN_FRONT[cast];
}
