import type { OptionWords } from "./option-words.ts";

/** Where a product is shown. */
export const PRODUCT_BACKGROUND: OptionWords = {
  kind: "change",
  id: "product-background",
  title: { th: "ฉากถ่ายสินค้า", en: "Product setting" },
  cast: "product",
  changes: ["background", "light"],
  choices: [
    {
      id: "pure-white",
      title: { th: "พื้นหลังขาวล้วน", en: "Pure white" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีขาวล้วนแบบสตูดิโอ มีเงานุ่มใต้สินค้า",
        en: "Replace the background with a seamless pure white studio backdrop and add a soft, natural shadow under the product",
      },
    },
    {
      id: "wooden-table",
      title: { th: "วางบนโต๊ะไม้", en: "On a wooden table" },
      change: {
        th: "วางสินค้าบนโต๊ะไม้สีน้ำตาลอุ่น ด้านหลังเป็นห้องนั่งเล่นสว่างเบลอนุ่ม",
        en: "Place the product on a warm brown wooden table with a bright, softly blurred living room behind it",
      },
    },
    {
      id: "marble-counter",
      title: { th: "วางบนหินอ่อน", en: "On a marble counter" },
      change: {
        th: "วางสินค้าบนเคาน์เตอร์หินอ่อนขาวลายเทา หน้าผนังสีครีมเรียบ",
        en: "Place the product on a polished white marble counter with gray veins, in front of a plain cream wall",
      },
    },
    {
      id: "pastel-podium",
      title: { th: "แท่นโชว์สีพาสเทล", en: "On a pastel podium" },
      change: {
        th: "วางสินค้าบนแท่นกลมสีชมพูพาสเทล ฉากหลังสีเดียวกัน",
        en: "Place the product on a round pastel pink podium in front of a matching pastel pink backdrop",
      },
    },
    {
      id: "tropical-leaves",
      title: { th: "ล้อมด้วยใบไม้เขียว", en: "Among green leaves" },
      change: {
        th: "วางสินค้าบนแผ่นหินธรรมชาติ ล้อมด้วยใบไม้เขียวสดแบบเมืองร้อน",
        en: "Place the product on a slab of natural stone surrounded by fresh green tropical leaves",
      },
    },
  ],
};

/** What of a product must stay as it is, come what may. */
export const PRODUCT_KEEP: OptionWords = {
  kind: "keep",
  id: "product-keep",
  title: { th: "สิ่งที่ต้องเหมือนเดิม", en: "Must stay the same" },
  cast: "product",
  choices: [
    {
      id: "label-and-logo",
      title: { th: "ฉลากและโลโก้", en: "Label and logo" },
      keep: {
        th: "ฉลากและโลโก้ของสินค้า ครบทุกตัวอักษร แบบอักษร ขนาด และตำแหน่งเดิม",
        en: "the product's label and logo, letter for letter, in the same typeface, size and position",
      },
      covers: ["text"],
    },
    {
      id: "color-and-material",
      title: { th: "สีและเนื้อวัสดุ", en: "Color and material" },
      keep: {
        th: "สีและเนื้อวัสดุของสินค้า ทั้งความเงาและความด้าน",
        en: "the product's exact colors, material and surface finish",
      },
      covers: ["productSurface"],
    },
    {
      id: "shape-and-proportions",
      title: { th: "รูปทรงและสัดส่วน", en: "Shape and proportions" },
      keep: {
        th: "รูปทรง สัดส่วน และเส้นขอบของสินค้า",
        en: "the product's exact shape, proportions and outline",
      },
      covers: ["productShape"],
    },
    {
      id: "pattern-and-print",
      title: { th: "ลวดลายบนสินค้า", en: "Pattern and print" },
      keep: {
        th: "ลวดลายและงานพิมพ์บนสินค้าทุกจุด",
        en: "every detail of the pattern and print on the product",
      },
      covers: [],
    },
    {
      id: "whole-product",
      title: { th: "สินค้าทั้งชิ้น", en: "The whole product" },
      keep: {
        th: "สินค้าทั้งชิ้นพร้อมบรรจุภัณฑ์ ทุกรายละเอียด",
        en: "the whole product with its packaging, label and logo, in every detail",
      },
      covers: ["productShape", "productSurface", "text"],
    },
  ],
};
