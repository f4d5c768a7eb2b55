import type { LocalizedText } from "../../../localized-text.ts";
import type { ChangeChoice, OptionWords } from "./option-words.ts";

/** The color of what a person wears: of the clothes in the picture, or of the chosen outfit. */
export const OUTFIT_COLOR: OptionWords = {
  kind: "change",
  id: "outfit-color",
  title: { th: "สีเสื้อผ้า", en: "Outfit color" },
  cast: "person",
  changes: ["clothing"],
  choices: [
    shade("white", { th: "ขาว", en: "White" }),
    shade("black", { th: "ดำ", en: "Black" }),
    shade("light-gray", { th: "เทาอ่อน", en: "Light gray" }),
    shade("navy-blue", { th: "กรมท่า", en: "Navy blue" }),
    shade("sky-blue", { th: "ฟ้า", en: "Sky blue" }),
    shade("red", { th: "แดง", en: "Red" }),
    shade("maroon", { th: "แดงเลือดหมู", en: "Maroon" }),
    shade("pastel-pink", { th: "ชมพูพาสเทล", en: "Pastel pink" }),
    shade("lavender", { th: "ม่วงลาเวนเดอร์", en: "Lavender purple" }),
    shade("orange", { th: "ส้ม", en: "Orange" }),
    shade("yellow", { th: "เหลือง", en: "Yellow" }),
    shade("forest-green", { th: "เขียวเข้ม", en: "Forest green" }),
    shade("beige", { th: "เบจ", en: "Beige" }),
    shade("brown", { th: "น้ำตาล", en: "Brown" }),
  ],
};

function shade(id: string, name: LocalizedText): ChangeChoice {
  const color = { th: `สี${name.th}`, en: name.en.toLowerCase() };
  return {
    id,
    title: name,
    color,
    change: {
      th: `เปลี่ยนสีเสื้อผ้าเป็น${color.th} ทรงและเนื้อผ้าเดิม`,
      en: `Change the color of the person's clothes to ${color.en} with the same cut, fabric and folds`,
    },
  };
}
