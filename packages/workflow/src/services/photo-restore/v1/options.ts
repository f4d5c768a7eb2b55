import type { LocalizedText } from "../../../localized-text.ts";

/** A choice and the one English clause it puts into the instruction, without a full stop. */
interface RestoreChoice {
  id: string;
  title: LocalizedText;
  words: LocalizedText;
}

const COLOR = {
  id: "color",
  title: { th: "สีของภาพ", en: "Color" },
  choices: [
    {
      id: "colorize",
      title: { th: "เติมสีให้ภาพขาวดำ", en: "Colorize" },
      words: {
        th: "ซ่อมภาพและเติมสีให้เป็นธรรมชาติ",
        en: "Restore and colorize the photo with natural skin tones and believable colors of its time",
      },
    },
    {
      id: "black-and-white",
      title: { th: "คงเป็นภาพขาวดำ", en: "Keep it black and white" },
      words: {
        th: "ซ่อมภาพ คงเป็นขาวดำ",
        en: "Restore the photo and keep it black and white, with deep blacks, clean whites and no color tint",
      },
    },
    {
      id: "sepia",
      title: { th: "คงโทนน้ำตาลแบบเดิม", en: "Keep the sepia tone" },
      words: {
        th: "ซ่อมภาพ คงโทนสีน้ำตาลแบบเดิม",
        en: "Restore the photo and keep its warm sepia tone even across the whole picture",
      },
    },
    {
      id: "revive",
      title: { th: "ฟื้นสีที่ซีดจาง", en: "Revive faded colors" },
      words: {
        th: "ซ่อมภาพและฟื้นสีที่ซีดหรือเพี้ยนให้เหมือนวันที่ถ่าย",
        en: "Restore the photo and bring back its faded colors, removing the yellow, red or blue cast of age",
      },
    },
  ],
} as const;

const DAMAGE = {
  id: "damage",
  title: { th: "รอยเสียหาย", en: "Damage" },
  choices: [
    {
      id: "light",
      title: { th: "ฝุ่นและรอยเล็ก ๆ", en: "Dust and small scratches" },
      words: {
        th: "ลบฝุ่น จุด และรอยขีดข่วนเล็ก ๆ",
        en: "Remove the dust, specks and fine scratches",
      },
    },
    {
      id: "heavy",
      title: { th: "รอยขาด รอยพับ ส่วนที่หายไป", en: "Tears, folds and missing parts" },
      words: {
        th: "ซ่อมรอยขาด รอยพับ รอยแตก และเติมส่วนที่หายไป",
        en: "Repair the tears, folds and cracks, and fill in missing parts to match what surrounds them",
      },
    },
    {
      id: "stains",
      title: { th: "คราบน้ำและเชื้อรา", en: "Water stains and mold" },
      words: {
        th: "ลบคราบน้ำ คราบเหลือง และจุดเชื้อรา",
        en: "Remove the water stains, yellow patches and mold spots, and restore the detail beneath them",
      },
    },
  ],
} as const;

const FACES = {
  id: "faces",
  title: { th: "ใบหน้า", en: "Faces" },
  choices: [
    {
      id: "natural",
      title: { th: "ชัดขึ้นแบบธรรมชาติ", en: "Clearer, still natural" },
      words: {
        th: "ทำให้ใบหน้าชัดขึ้น ยังเห็นผิวจริง",
        en: "Make the faces gently clearer, with true skin texture and no smoothing",
      },
    },
    {
      id: "sharp",
      title: { th: "คมชัดเต็มที่", en: "As sharp as possible" },
      words: {
        th: "ทำให้ใบหน้าคมชัด เห็นดวงตา คิ้ว และเส้นผม เค้าหน้าเดิม",
        en: "Sharpen the faces until eyes, eyebrows, lips and strands of hair are clear, with the same features",
      },
    },
    {
      id: "untouched",
      title: { th: "ไม่แตะใบหน้า", en: "Leave the faces alone" },
      words: {
        th: "ไม่แต่งใบหน้า ลบเฉพาะรอยที่พาดผ่าน",
        en: "Leave the faces as they are and remove only the damage that crosses them",
      },
    },
  ],
} as const;

const GRAIN = {
  id: "grain",
  title: { th: "เม็ดเกรนของฟิล์ม", en: "Film grain" },
  choices: [
    {
      id: "clean",
      title: { th: "ลบเกรนให้ภาพเนียน", en: "Remove the grain" },
      words: {
        th: "ลบเม็ดเกรนและจุดรบกวน",
        en: "Remove the film grain and noise without losing fine detail",
      },
    },
    {
      id: "keep",
      title: { th: "คงเกรนแบบฟิล์ม", en: "Keep the grain" },
      words: {
        th: "คงเม็ดเกรนแบบภาพฟิล์ม",
        en: "Keep the fine grain of the film",
      },
    },
  ],
} as const;

/** Every option group in the order users see them, which is that of the instruction. */
export const OPTION_GROUPS: readonly {
  id: string;
  title: LocalizedText;
  choices: readonly RestoreChoice[];
}[] = [COLOR, DAMAGE, FACES, GRAIN];
