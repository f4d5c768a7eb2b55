import type { OptionWords } from "./option-words.ts";

/** What a person wears. */
export const OUTFIT: OptionWords = {
  kind: "change",
  id: "outfit",
  title: { th: "เสื้อผ้า", en: "Outfit" },
  cast: "person",
  changes: ["clothing"],
  choices: [
    {
      id: "white-shirt",
      title: { th: "เสื้อเชิ้ตขาว", en: "White shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อเชิ้ตผ้าฝ้ายสีขาว",
        en: "Change the person's clothes to a crisp white cotton button-up shirt with natural folds",
      },
    },
    {
      id: "black-suit",
      title: { th: "สูทดำ", en: "Black suit" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นสูทสีดำเข้ารูป สวมทับเชิ้ตขาว",
        en: "Change the person's clothes to a tailored black wool suit over a white shirt",
      },
    },
    {
      id: "thai-silk",
      title: { th: "ชุดไทยผ้าไหม", en: "Thai silk outfit" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดไทยผ้าไหมสีทองและแดงเข้ม",
        en: "Change the person's clothes to an elegant traditional Thai silk outfit in gold and deep red",
      },
    },
    {
      id: "denim-jacket",
      title: { th: "แจ็กเก็ตยีนส์", en: "Denim jacket" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นแจ็กเก็ตยีนส์สีน้ำเงิน ทับเสื้อยืดขาว",
        en: "Change the person's clothes to a blue denim jacket over a plain white T-shirt",
      },
    },
    {
      id: "sky-blue-tshirt",
      title: { th: "เสื้อยืดสีฟ้า", en: "Sky blue T-shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อยืดผ้าฝ้ายสีฟ้าเรียบ",
        en: "Change the person's clothes to a plain sky blue cotton T-shirt",
      },
    },
  ],
};

/** A person's hair. */
export const HAIR: OptionWords = {
  kind: "change",
  id: "hair",
  title: { th: "ทรงผมและสีผม", en: "Hair" },
  cast: "person",
  changes: ["hair"],
  choices: [
    {
      id: "natural-black",
      title: { th: "ผมดำธรรมชาติ", en: "Natural black" },
      change: {
        th: "ย้อมผมเป็นสีดำธรรมชาติ เงานุ่ม",
        en: "Dye the person's hair natural black with a soft shine",
      },
    },
    {
      id: "chestnut-brown",
      title: { th: "ผมน้ำตาลประกาย", en: "Chestnut brown" },
      change: {
        th: "ย้อมผมเป็นสีน้ำตาลอุ่น มีไฮไลต์อ่อน",
        en: "Dye the person's hair warm chestnut brown with subtle highlights",
      },
    },
    {
      id: "ash-gray",
      title: { th: "ผมเทาหม่น", en: "Ash gray" },
      change: {
        th: "ย้อมผมเป็นสีเทาหม่น โคนเข้มดูเป็นธรรมชาติ",
        en: "Dye the person's hair cool ash gray with naturally darker roots",
      },
    },
    {
      id: "short-bob",
      title: { th: "บ๊อบสั้น", en: "Short bob" },
      change: {
        th: "เปลี่ยนทรงผมเป็นบ๊อบสั้นระดับคาง",
        en: "Restyle the person's hair into a neat, chin-length bob",
      },
    },
    {
      id: "long-waves",
      title: { th: "ผมยาวลอน", en: "Long waves" },
      change: {
        th: "เปลี่ยนทรงผมเป็นผมยาวลอนหลวมเลยบ่า",
        en: "Restyle the person's hair into long, loose waves falling past the shoulders",
      },
    },
  ],
};
