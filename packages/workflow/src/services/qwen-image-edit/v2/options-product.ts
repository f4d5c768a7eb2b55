import type { OptionWords } from "./option-words.ts";

/** Where a product is shown. */
export const PRODUCT_BACKGROUND: OptionWords = {
  kind: "change",
  id: "product-background",
  title: { th: "ฉากถ่ายสินค้า", en: "Product setting" },
  cast: "product",
  changes: ["background", "light", "colorTone"],
  sets: "setting",
  choices: [
    {
      id: "pure-white",
      title: { th: "พื้นหลังขาวล้วน", en: "Pure white" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีขาวล้วนแบบสตูดิโอ มีเงานุ่มใต้สินค้า",
        en: "Replace the background with a seamless pure white studio backdrop and add a soft, natural shadow under the product",
      },
      traits: ["studio", "even"],
    },
    {
      id: "wooden-table",
      title: { th: "วางบนโต๊ะไม้", en: "On a wooden table" },
      change: {
        th: "วางสินค้าบนโต๊ะไม้สีน้ำตาลอุ่น ด้านหลังเป็นห้องนั่งเล่นสว่างเบลอนุ่ม",
        en: "Place the product on a warm brown wooden table with a bright, softly blurred living room behind it",
      },
      traits: ["indoor", "day"],
    },
    {
      id: "marble-counter",
      title: { th: "วางบนหินอ่อน", en: "On a marble counter" },
      change: {
        th: "วางสินค้าบนเคาน์เตอร์หินอ่อนขาวลายเทา หน้าผนังสีครีมเรียบ",
        en: "Place the product on a polished white marble counter with gray veins, in front of a plain cream wall",
      },
      traits: ["indoor"],
    },
    {
      id: "pastel-podium",
      title: { th: "แท่นโชว์สีพาสเทล", en: "On a pastel podium" },
      change: {
        th: "วางสินค้าบนแท่นกลมสีชมพูพาสเทล ฉากหลังสีเดียวกัน",
        en: "Place the product on a round pastel pink podium in front of a matching pastel pink backdrop",
      },
      traits: ["studio"],
    },
    {
      id: "leaf-shadow",
      title: { th: "ผนังเบจกับเงาใบไม้", en: "Leaf shadows on beige" },
      change: {
        th: "วางสินค้าหน้าผนังสีเบจอุ่น มีแดดและเงาใบปาล์มนุ่ม ๆ พาด",
        en: "Place the product in front of a warm beige wall with sunlight and soft palm-leaf shadows falling across the wall",
      },
      traits: ["sunny"],
    },
    {
      id: "in-hand",
      title: { th: "มือถือสินค้า", en: "Held in a hand" },
      change: {
        th: "ให้มือข้างหนึ่งถือสินค้า หันฉลากเข้ากล้อง ฉากหลังสีครีมเบลอนุ่ม",
        en: "Show the product held in one natural hand with its label facing the camera, in front of a softly blurred cream backdrop",
      },
      changes: ["background", "light", "colorTone", "hands"],
      traits: ["studio"],
    },
    {
      id: "tropical-leaves",
      title: { th: "ล้อมด้วยใบไม้เขียว", en: "Among green leaves" },
      change: {
        th: "วางสินค้าบนแผ่นหินธรรมชาติ ล้อมด้วยใบไม้เขียวสดแบบเมืองร้อน",
        en: "Place the product on a slab of natural stone surrounded by fresh green tropical leaves",
      },
      traits: ["tropical"],
    },
    {
      id: "rattan-tray",
      title: { th: "ถาดหวายสาน", en: "On a rattan tray" },
      change: {
        th: "วางสินค้าบนถาดหวายสานทรงกลม ปูผ้าลินินสีครีม",
        en: "Place the product on a round woven rattan tray over a cream linen cloth",
      },
    },
    {
      id: "banana-leaf",
      title: { th: "ปูใบตอง", en: "On a banana leaf" },
      change: {
        th: "วางสินค้าบนใบตองสด ปูบนโต๊ะไม้สีเข้ม",
        en: "Place the product on a fresh green banana leaf laid over a dark wooden table",
      },
      traits: ["tropical"],
    },
    {
      id: "linen-cloth",
      title: { th: "ผ้าลินินกับดอกไม้แห้ง", en: "Linen and dried flowers" },
      change: {
        th: "วางสินค้าบนผ้าลินินสีธรรมชาติ ข้างกันมีดอกไม้แห้ง",
        en: "Place the product on softly creased natural linen with a few dried flowers beside it",
      },
    },
    {
      id: "bathroom-shelf",
      title: { th: "ชั้นในห้องน้ำ", en: "Bathroom shelf" },
      change: {
        th: "วางสินค้าบนชั้นกระเบื้องขาวในห้องน้ำ ข้างผ้าขนหนูพับและต้นไม้เล็ก",
        en: "Place the product on a white tiled bathroom shelf beside a folded towel and a small green plant",
      },
      traits: ["indoor"],
    },
    {
      id: "kitchen-counter",
      title: { th: "เคาน์เตอร์ครัว", en: "Kitchen counter" },
      change: {
        th: "วางสินค้าบนเคาน์เตอร์ครัวไม้สีอ่อน ด้านหลังเป็นชั้นวางของเบลอนุ่ม",
        en: "Place the product on a clean, light wood kitchen counter with softly blurred shelves behind it",
      },
      traits: ["indoor"],
    },
    {
      id: "water-ripples",
      title: { th: "บนผิวน้ำใส", en: "In rippling water" },
      change: {
        th: "วางสินค้าในน้ำใสตื้น ๆ มีระลอกคลื่นและแสงสะท้อนระยิบ",
        en: "Place the product in shallow, clear water with gentle ripples and bright, dancing reflections",
      },
    },
    {
      id: "black-gloss",
      title: { th: "ดำเงาหรู", en: "Glossy black" },
      change: {
        th: "วางสินค้าบนพื้นดำเงา ฉากหลังดำ มีเงาสะท้อนด้านล่าง",
        en: "Place the product on a glossy black surface in front of a black backdrop, with a clear reflection below it",
      },
      traits: ["studio"],
    },
    {
      id: "red-sale",
      title: { th: "ฉากแดงช่วงลดราคา", en: "Red sale backdrop" },
      change: {
        th: "วางสินค้าหน้าฉากสตูดิโอสีแดงสด รอบ ๆ มีกระดาษโปรยสีทอง",
        en: "Place the product in front of a vivid red studio backdrop with gold confetti around it",
      },
      traits: ["studio"],
    },
    {
      id: "gift-boxes",
      title: { th: "กล่องของขวัญ", en: "Among gift boxes" },
      change: {
        th: "วางสินค้าท่ามกลางกล่องของขวัญกระดาษคราฟต์ ริบบิ้นผ้าซาติน และไฟประดับสีอุ่น",
        en: "Place the product among kraft gift boxes, satin ribbons and warm fairy lights",
      },
      traits: ["indoor"],
    },
    {
      id: "white-sand",
      title: { th: "ทรายขาวริมทะเล", en: "White sand" },
      change: {
        th: "วางสินค้าบนทรายขาวละเอียดกับเปลือกหอย ด้านหลังเป็นทะเลฟ้าครามเบลอนุ่ม",
        en: "Place the product on fine white sand with seashells, in front of a softly blurred turquoise sea",
      },
      traits: ["outdoor", "sunny", "tropical"],
    },
  ],
};

/** What of a product must stay as it is, come what may. */
export const PRODUCT_KEEP: OptionWords = {
  kind: "keep",
  id: "product-keep",
  title: { th: "สิ่งที่ต้องเหมือนเดิมของสินค้า", en: "Product: must stay the same" },
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
    {
      id: "barcode-and-small-print",
      title: { th: "เลข อย. และบาร์โค้ด", en: "FDA number and barcode" },
      keep: {
        th: "เลข อย. บาร์โค้ด และตัวหนังสือเล็กทุกตัว",
        en: "the product's registration number, barcode and all small print",
      },
      covers: [],
    },
    {
      id: "contents-and-clarity",
      title: { th: "ของข้างในและความใส", en: "Contents and clarity" },
      keep: {
        th: "ของที่อยู่ข้างใน ระดับของเหลว และความใสของบรรจุภัณฑ์",
        en: "the product's contents, fill level and the transparency of its packaging",
      },
      covers: [],
    },
    {
      id: "size-in-frame",
      title: { th: "ขนาดและตำแหน่งในภาพ", en: "Size and position" },
      keep: {
        th: "ขนาดและตำแหน่งของสินค้าในภาพ",
        en: "the product's size and position in the picture",
      },
      covers: [],
    },
  ],
};
