import type { OptionWords } from "./option-words.ts";

/** How the picture is lit and toned. */
export const LIGHT: OptionWords = {
  kind: "change",
  id: "light",
  title: { th: "แสงและโทนภาพ", en: "Light and mood" },
  cast: "scene",
  changes: ["light", "colorTone"],
  sets: "light",
  choices: [
    {
      id: "golden-hour",
      title: { th: "แสงทองยามเย็น", en: "Golden hour" },
      change: {
        th: "ปรับแสงเป็นแดดเย็นสีทองจากด้านข้าง เงาทอดยาวนุ่ม",
        en: "Relight the picture with warm golden-hour sunlight from the side and long, soft shadows",
      },
      traits: ["sunlight"],
    },
    {
      id: "soft-daylight",
      title: { th: "แสงธรรมชาตินุ่ม", en: "Soft daylight" },
      change: {
        th: "ปรับแสงเป็นแสงกลางวันนุ่มสม่ำเสมอจากหน้าต่างบานใหญ่",
        en: "Relight the picture with soft, even daylight from a large window",
      },
      traits: ["daylight"],
    },
    {
      id: "bright-airy",
      title: { th: "สว่างสดใส", en: "Bright and airy" },
      change: {
        th: "ปรับภาพให้สว่างสดใส ขาวสะอาด คอนทราสต์นุ่ม",
        en: "Brighten the picture to an airy mood with clean whites and gentle contrast",
      },
      traits: ["daylight"],
    },
    {
      id: "studio-softbox",
      title: { th: "แสงสตูดิโอ", en: "Studio light" },
      change: {
        th: "ปรับแสงเป็นซอฟต์บ็อกซ์สตูดิโอจากด้านหน้า มีแสงขอบบาง ๆ",
        en: "Relight the picture with a studio softbox from the front and a subtle rim light",
      },
      traits: ["studioLight"],
    },
    {
      id: "moody-dark",
      title: { th: "โทนมืดขรึม", en: "Dark and moody" },
      change: {
        th: "ปรับภาพเป็นโทนมืดขรึม มีแสงนุ่มจากด้านข้างด้านเดียว",
        en: "Darken the picture to a moody, low-key look with one soft light from the side",
      },
      traits: ["dark"],
    },
    {
      id: "morning-sun",
      title: { th: "แดดเช้าอ่อน ๆ", en: "Morning sun" },
      change: {
        th: "ปรับแสงเป็นแดดเช้าอ่อน ๆ สีอุ่น ดูสดชื่น",
        en: "Relight the picture with gentle, pale gold morning sunlight",
      },
      traits: ["sunlight"],
    },
    {
      id: "backlit-glow",
      title: { th: "แสงย้อนฟุ้ง", en: "Backlit glow" },
      change: {
        th: "ปรับแสงเป็นแดดส่องจากด้านหลัง ขอบตัวแบบเรืองนุ่ม",
        en: "Relight the picture with sunlight from behind and a soft glow along the edges of the subject",
      },
      traits: ["sunlight"],
    },
    {
      id: "candlelight",
      title: { th: "แสงเทียน", en: "Candlelight" },
      change: {
        th: "ปรับแสงเป็นแสงเทียนสีส้มอุ่น เงานุ่ม",
        en: "Relight the picture with warm orange candlelight and soft shadows",
      },
      traits: ["dark"],
    },
    {
      id: "neon",
      title: { th: "แสงนีออน", en: "Neon light" },
      change: {
        th: "ปรับแสงเป็นนีออนสีชมพูและฟ้าจากสองข้าง",
        en: "Relight the picture with pink neon light from one side and blue neon light from the other",
      },
      traits: ["dark"],
    },
    {
      id: "warm-tone",
      title: { th: "โทนอุ่น", en: "Warm tone" },
      change: {
        th: "ปรับโทนสีให้อุ่นขึ้น ดูนุ่มสบายตา",
        en: "Shift the color tone of the picture to a soft, warm look",
      },
      changes: ["colorTone"],
    },
    {
      id: "cool-tone",
      title: { th: "โทนเย็น", en: "Cool tone" },
      change: {
        th: "ปรับโทนสีให้เย็นสะอาด อมฟ้าเล็กน้อย",
        en: "Shift the color tone of the picture to a clean, slightly blue, cool look",
      },
      changes: ["colorTone"],
    },
    {
      id: "vivid-colors",
      title: { th: "สีสดจัด", en: "Vivid colors" },
      change: {
        th: "เพิ่มความสดของสีและคอนทราสต์ ผิวคนยังดูเป็นธรรมชาติ",
        en: "Make the colors of the picture more vivid with richer contrast and natural-looking skin",
      },
      changes: ["colorTone"],
    },
  ],
};
