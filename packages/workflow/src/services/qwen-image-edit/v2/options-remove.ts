import type { OptionWords } from "./option-words.ts";

const TEXT_REMAINS = {
  text: {
    en: ["the text, labels and logos that belong to the scene"],
    th: "ข้อความ ฉลาก และโลโก้ที่อยู่บนสิ่งของจริง",
  },
};

/** What disturbs a picture. */
export const REMOVE: OptionWords = {
  kind: "change",
  id: "remove",
  title: { th: "ลบสิ่งรบกวน", en: "Remove" },
  cast: "scene",
  changes: ["objects", "background"],
  remains: {
    objects: { en: ["all other objects"], th: "ของอื่นทั้งหมด" },
    background: { en: ["the rest of the background"], th: "ฉากหลังส่วนอื่น" },
  },
  choices: [
    {
      id: "passers-by",
      title: { th: "คนเดินผ่าน", en: "Passers-by" },
      change: {
        th: "ลบคนเดินผ่านด้านหลัง แล้วเติมฉากให้เนียน",
        en: "Remove the passers-by behind the main subject and fill their places with a natural continuation of the background",
      },
      traits: ["fewerPeople", "inBackground"],
    },
    {
      id: "everyone",
      title: { th: "คนทั้งหมด", en: "Everyone" },
      change: {
        th: "ลบคนทุกคนในภาพ แล้วเติมฉากให้เนียน",
        en: "Remove every person from the picture and fill their places with a natural continuation of the background",
      },
      traits: ["noPeople"],
    },
    {
      id: "power-lines",
      title: { th: "สายไฟและเสาไฟ", en: "Power lines" },
      change: {
        th: "ลบสายไฟและเสาไฟ แล้วเติมท้องฟ้าให้เนียน",
        en: "Remove the power lines and utility poles and fill their places with clean sky and background",
      },
      traits: ["inBackground"],
    },
    {
      id: "date-stamp",
      title: { th: "ลายน้ำและวันที่", en: "Watermark and date stamp" },
      change: {
        th: "ลบลายน้ำและวันที่มุมภาพ",
        en: "Remove the watermark and the date stamp and restore what is behind them",
      },
      changes: ["text"],
      remains: TEXT_REMAINS,
    },
    {
      id: "overlay-text",
      title: { th: "ข้อความที่ซ้อนบนภาพ", en: "Overlaid text" },
      change: {
        th: "ลบข้อความ สติกเกอร์ และกรอบที่ซ้อนบนภาพ",
        en: "Remove the captions, stickers and frames laid over the photo and restore what is behind them",
      },
      changes: ["text"],
      remains: TEXT_REMAINS,
      traits: ["overlayText"],
    },
    {
      id: "clutter",
      title: { th: "ของรกในฉาก", en: "Clutter" },
      change: {
        th: "ลบของรกรอบ ๆ ให้ฉากสะอาดตา",
        en: "Remove the clutter around the main subject and leave clean, empty surfaces",
      },
    },
    {
      id: "trash",
      title: { th: "ขยะบนพื้น", en: "Litter" },
      change: {
        th: "ลบขยะและเศษใบไม้บนพื้น",
        en: "Remove the litter and debris from the ground",
      },
      traits: ["inBackground"],
    },
    {
      id: "vehicles",
      title: { th: "รถในฉาก", en: "Vehicles" },
      change: {
        th: "ลบรถยนต์และมอเตอร์ไซค์ด้านหลัง",
        en: "Remove the cars and motorbikes behind the main subject and fill their places with a natural continuation of the street",
      },
      traits: ["inBackground"],
    },
    {
      id: "fence",
      title: { th: "รั้วและลูกกรง", en: "Fence and bars" },
      change: {
        th: "ลบรั้วหรือลูกกรงที่บัง แล้วเติมสิ่งที่อยู่ด้านหลัง",
        en: "Remove the fence or bars in the way and restore what is behind them",
      },
    },
    {
      id: "glass-reflections",
      title: { th: "เงาสะท้อนบนกระจก", en: "Glass reflections" },
      change: {
        th: "ลบเงาสะท้อนบนกระจก ให้เห็นสิ่งที่อยู่หลังกระจกชัด",
        en: "Remove the reflections from the glass so that what is behind it is clear",
      },
    },
    {
      id: "harsh-shadows",
      title: { th: "เงาแข็งบนหน้า", en: "Harsh shadows" },
      change: {
        th: "ลดเงาแข็งบนใบหน้าและตัว ให้แสงนุ่มสม่ำเสมอ",
        en: "Soften the harsh shadows on the main subject so that the light on it is even",
      },
      changes: ["light"],
    },
    {
      id: "wall-stains",
      title: { th: "คราบบนผนัง", en: "Wall stains" },
      change: {
        th: "ลบคราบ รอยร้าว และรูบนผนัง",
        en: "Remove the stains, cracks and holes from the walls",
      },
      traits: ["inBackground"],
    },
  ],
};
