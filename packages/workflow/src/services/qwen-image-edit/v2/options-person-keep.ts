import type { OptionWords } from "./option-words.ts";

/** What of a person must stay as it is, come what may. */
export const PERSON_KEEP: OptionWords = {
  kind: "keep",
  id: "person-keep",
  title: { th: "สิ่งที่ต้องเหมือนเดิมของคน", en: "Person: must stay the same" },
  cast: "person",
  choices: [
    {
      id: "face",
      title: { th: "ใบหน้า", en: "Face" },
      keep: {
        th: "ใบหน้าทุกส่วน ให้จำได้ว่าเป็นคนเดิม",
        en: "the person's face and identity, feature for feature",
      },
      covers: ["face", "identity"],
    },
    {
      id: "smile",
      title: { th: "รอยยิ้มและสายตา", en: "Smile and gaze" },
      keep: { th: "รอยยิ้มและสายตา", en: "the person's smile and gaze" },
      covers: ["expression"],
    },
    {
      id: "hairstyle",
      title: { th: "ทรงผมและสีผม", en: "Hairstyle and hair color" },
      keep: { th: "ทรงผมและสีผม", en: "the person's hairstyle and hair color" },
      covers: ["hair"],
      isWhole: true,
    },
    {
      id: "skin-tone",
      title: { th: "สีผิว", en: "Skin tone" },
      keep: { th: "สีผิวเดิม", en: "the person's natural skin tone" },
      covers: ["skin"],
    },
    {
      id: "body-and-pose",
      title: { th: "รูปร่างและท่าทาง", en: "Body and pose" },
      keep: { th: "รูปร่าง สัดส่วน และท่าทาง", en: "the person's body shape, proportions and pose" },
      covers: ["pose"],
    },
    {
      id: "hands",
      title: { th: "มือและสิ่งที่ถือ", en: "Hands and what they hold" },
      keep: {
        th: "มือ นิ้ว และสิ่งที่ถืออยู่",
        en: "the person's hands, every finger, and whatever they hold",
      },
      covers: ["hands"],
    },
    {
      id: "outfit",
      title: { th: "ชุดที่ใส่", en: "Outfit" },
      keep: {
        th: "ชุดที่ใส่ ทั้งสี เนื้อผ้า และลวดลาย",
        en: "the person's outfit with its colors, fabric and pattern",
      },
      covers: ["clothing"],
    },
    {
      id: "glasses-and-jewelry",
      title: { th: "แว่น เครื่องประดับ และพระเครื่อง", en: "Glasses, jewelry and amulets" },
      keep: {
        th: "แว่น เครื่องประดับ และพระเครื่อง",
        en: "the person's glasses, jewelry and amulets",
      },
      covers: ["accessories"],
    },
    {
      id: "tattoos-and-moles",
      title: { th: "รอยสัก ไฝ และลักยิ้ม", en: "Tattoos, moles and dimples" },
      keep: {
        th: "รอยสัก ไฝ และลักยิ้ม",
        en: "the person's tattoos, moles and dimples",
      },
      covers: [],
    },
  ],
};
