import type { OptionWords } from "./option-words.ts";

const FEATURES = { en: ["facial features"], th: "เค้าหน้า" };

/** Skin, teeth and the small things people have retouched in a portrait. */
export const SKIN: OptionWords = {
  kind: "change",
  id: "skin",
  title: { th: "ผิวและรีทัช", en: "Skin and retouch" },
  cast: "person",
  changes: ["skin", "face"],
  remains: { face: FEATURES, skin: { en: ["skin tone"], th: "สีผิว" } },
  choices: [
    {
      id: "remove-pimples",
      title: { th: "ลบสิว", en: "Remove pimples" },
      change: {
        th: "ลบสิวและรอยแดงบนผิว ให้ยังเห็นรูขุมขนตามธรรมชาติ",
        en: "Remove pimples and red marks from the person's skin, leaving its natural pores visible",
      },
    },
    {
      id: "smooth-natural",
      title: { th: "ผิวเนียนธรรมชาติ", en: "Naturally smooth" },
      change: {
        th: "ปรับผิวให้เนียนพอดี ยังเห็นผิวจริง",
        en: "Smooth the person's skin lightly, with its real texture still visible",
      },
    },
    {
      id: "even-tone",
      title: { th: "สีผิวสม่ำเสมอ", en: "Even tone" },
      change: {
        th: "ปรับสีผิวหน้าและลำคอให้สม่ำเสมอ ตามสีผิวจริง",
        en: "Even out patchy color on the skin of the person's face and neck, staying with its own natural shade",
      },
    },
    {
      id: "brighten-skin",
      title: { th: "ผิวกระจ่างใส", en: "Radiant skin" },
      change: {
        th: "ปรับผิวให้กระจ่างใสดูสุขภาพดี โดยไม่เปลี่ยนสีผิว",
        en: "Give the person's skin a fresh, healthy glow without making it lighter or paler",
      },
    },
    {
      id: "fade-spots",
      title: { th: "ลดฝ้า กระ จุดด่างดำ", en: "Fade dark spots" },
      change: {
        th: "ลดฝ้า กระ และจุดด่างดำให้จางลง",
        en: "Fade melasma, freckles and dark spots on the person's skin",
      },
    },
    {
      id: "dark-circles",
      title: { th: "ลดใต้ตาคล้ำ", en: "Reduce dark circles" },
      change: {
        th: "ลดรอยคล้ำและถุงใต้ตา",
        en: "Reduce the dark circles and bags under the person's eyes",
      },
    },
    {
      id: "reduce-wrinkles",
      title: { th: "ลดริ้วรอย", en: "Soften wrinkles" },
      change: {
        th: "ลดริ้วรอยรอบตาและหน้าผากเบา ๆ ให้ยังสมวัย",
        en: "Soften the wrinkles around the person's eyes and forehead while keeping their age believable",
      },
    },
    {
      id: "reduce-shine",
      title: { th: "ลดหน้ามัน", en: "Reduce shine" },
      change: {
        th: "ลดความมันวาวบนหน้าผากและจมูก",
        en: "Reduce the oily shine on the person's forehead and nose",
      },
    },
    {
      id: "whiten-teeth",
      title: { th: "ฟันขาวขึ้น", en: "Whiter teeth" },
      change: {
        th: "ทำฟันให้ขาวขึ้นเล็กน้อยเป็นธรรมชาติ",
        en: "Whiten the person's teeth slightly and naturally",
      },
      changes: ["face"],
    },
    {
      id: "red-eye",
      title: { th: "แก้ตาแดง", en: "Fix red eyes" },
      change: {
        th: "แก้ตาแดงจากแฟลชให้เป็นสีตาธรรมชาติ",
        en: "Correct the red-eye from the flash to a natural eye color",
      },
      changes: ["face"],
    },
    {
      id: "clean-shaven",
      title: { th: "โกนหนวดเครา", en: "Clean-shaven" },
      change: {
        th: "โกนหนวดเคราให้เกลี้ยงเป็นธรรมชาติ",
        en: "Remove the person's facial hair for a naturally clean-shaven look",
      },
      changes: ["face"],
    },
    {
      id: "slim-jawline",
      title: { th: "หน้าเรียวเล็กน้อย", en: "Slimmer jawline" },
      change: {
        th: "ปรับกรอบหน้าให้เรียวขึ้นเล็กน้อย ตา จมูก ปากเดิม",
        en: "Slim the person's jawline very slightly, with the same eyes, nose and mouth",
      },
      changes: ["face"],
      remains: {},
    },
  ],
};
