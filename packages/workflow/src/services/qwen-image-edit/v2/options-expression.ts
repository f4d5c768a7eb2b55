import type { OptionWords } from "./option-words.ts";

/** A person's expression. */
export const EXPRESSION: OptionWords = {
  kind: "change",
  id: "expression",
  title: { th: "สีหน้าและสายตา", en: "Expression" },
  cast: "person",
  changes: ["expression", "face"],
  remains: { face: { en: ["face shape"], th: "โครงหน้า" } },
  choices: [
    {
      id: "gentle-smile",
      title: { th: "ยิ้มอ่อน", en: "Gentle smile" },
      change: {
        th: "ให้ยิ้มอ่อน ๆ เป็นธรรมชาติ ปากปิด",
        en: "Give the person a gentle, natural smile with closed lips",
      },
      traits: ["mood"],
    },
    {
      id: "bright-smile",
      title: { th: "ยิ้มกว้าง", en: "Bright smile" },
      change: {
        th: "ให้ยิ้มกว้างสดใส เห็นฟันเป็นธรรมชาติ",
        en: "Give the person a bright, natural smile that shows the upper teeth",
      },
      traits: ["mood"],
    },
    {
      id: "laughing",
      title: { th: "หัวเราะ", en: "Laughing" },
      change: {
        th: "ให้หัวเราะอย่างมีความสุข ดวงตายิ้ม",
        en: "Make the person laugh happily with smiling eyes",
      },
      traits: ["mood"],
    },
    {
      id: "calm",
      title: { th: "หน้านิ่งสุภาพ", en: "Calm and neutral" },
      change: {
        th: "ให้สีหน้านิ่งสุภาพ ปากปิด ตามองตรง",
        en: "Give the person a calm, neutral look with closed lips, as in an ID photo",
      },
      traits: ["mood"],
    },
    {
      id: "confident",
      title: { th: "มั่นใจ", en: "Confident" },
      change: {
        th: "ให้ดูมั่นใจเป็นมิตร ยิ้มมุมปากเล็กน้อย",
        en: "Give the person a confident, friendly look with a slight smile",
      },
      traits: ["mood"],
    },
    {
      id: "eyes-open",
      title: { th: "ลืมตา", en: "Open eyes" },
      change: {
        th: "แก้ตาที่หลับให้ลืมตาเป็นธรรมชาติ",
        en: "Open the person's closed eyes naturally",
      },
    },
    {
      id: "look-at-camera",
      title: { th: "มองกล้อง", en: "Look at the camera" },
      change: {
        th: "ให้สายตามองตรงมาที่กล้อง",
        en: "Turn the person's gaze straight to the camera",
      },
    },
    {
      id: "playful-wink",
      title: { th: "ขยิบตา", en: "Playful wink" },
      change: {
        th: "ให้ขยิบตาข้างเดียว ยิ้มขี้เล่น",
        en: "Give the person a playful wink with one eye and a cheeky smile",
      },
      traits: ["mood"],
    },
  ],
};
