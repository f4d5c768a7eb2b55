import type { OptionWords } from "./option-words.ts";

/** Where a dish or drink is shown. */
export const FOOD_SETTING: OptionWords = {
  kind: "change",
  id: "food-setting",
  title: { th: "ฉากถ่ายอาหาร", en: "Food setting" },
  cast: "food",
  changes: ["background", "light", "colorTone"],
  sets: "setting",
  choices: [
    {
      id: "delivery-white",
      title: { th: "พื้นขาวสำหรับแอปเดลิเวอรี", en: "White for delivery apps" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีขาวสะอาด มีเงานุ่มใต้จาน",
        en: "Replace the background with a clean white surface and add a soft shadow under the dish",
      },
      traits: ["studio", "even"],
    },
    {
      id: "rustic-wood",
      title: { th: "โต๊ะไม้เก่า", en: "Rustic wood" },
      change: {
        th: "วางจานบนโต๊ะไม้เก่าสีน้ำตาลเข้ม ข้างกันมีสมุนไพรสดและผ้าเช็ดปาก",
        en: "Place the dish on a rustic dark brown wooden table with fresh herbs and a napkin beside it",
      },
    },
    {
      id: "street-food-stall",
      title: { th: "ร้านสตรีทฟู้ด", en: "Street food stall" },
      change: {
        th: "วางจานบนโต๊ะสเตนเลสร้านสตรีทฟู้ดยามค่ำ ด้านหลังเป็นแสงไฟเบลอนุ่ม",
        en: "Place the dish on a stainless steel table at a Thai street food stall at night, with softly blurred lights behind it",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "marble-cafe",
      title: { th: "โต๊ะคาเฟ่หินอ่อน", en: "Marble cafe table" },
      change: {
        th: "วางจานบนโต๊ะหินอ่อนขาวในคาเฟ่สว่าง ริมหน้าต่าง",
        en: "Place the dish on a white marble table in a bright cafe beside a window",
      },
      traits: ["indoor", "day"],
    },
    {
      id: "rattan-mat",
      title: { th: "เสื่อสานกับใบตอง", en: "Woven mat and banana leaf" },
      change: {
        th: "วางจานบนเสื่อสานไม้ไผ่ ตกแต่งด้วยใบตองสด",
        en: "Place the dish on a woven bamboo mat decorated with fresh green banana leaves",
      },
      traits: ["tropical"],
    },
    {
      id: "khantoke",
      title: { th: "สำรับขันโตก", en: "Khantoke table" },
      change: {
        th: "วางจานบนขันโตกไม้ ล้อมด้วยกับข้าวเหนือและกระติบข้าวเหนียว",
        en: "Place the dish on a round wooden khantoke tray with small northern Thai side dishes and a sticky rice basket",
      },
      traits: ["indoor"],
    },
    {
      id: "riverside-restaurant",
      title: { th: "ร้านริมน้ำยามเย็น", en: "Riverside restaurant" },
      change: {
        th: "วางจานบนโต๊ะไม้ร้านริมน้ำยามเย็น ด้านหลังเป็นแม่น้ำเบลอนุ่ม",
        en: "Place the dish on a wooden table at a riverside restaurant at sunset, with a softly blurred river behind it",
      },
      traits: ["outdoor"],
    },
    {
      id: "dark-slate",
      title: { th: "หินชนวนโทนเข้ม", en: "Dark slate" },
      change: {
        th: "วางจานบนแผ่นหินชนวนสีดำ ฉากหลังเทาเข้ม",
        en: "Place the dish on a black slate slab in front of a dark gray backdrop",
      },
      traits: ["studio"],
    },
    {
      id: "garden-picnic",
      title: { th: "ปิกนิกในสวน", en: "Garden picnic" },
      change: {
        th: "วางจานบนผ้าลายตารางสีแดงขาวบนสนามหญ้าเขียว แดดอ่อนลอดใบไม้",
        en: "Place the dish on a red and white checked cloth on a green lawn, in soft sunlight through leaves",
      },
      traits: ["outdoor", "day"],
    },
  ],
};

/** How a dish or drink itself looks and is served. */
export const FOOD: OptionWords = {
  kind: "change",
  id: "food",
  title: { th: "อาหารและเครื่องดื่ม", en: "Food and drink" },
  cast: "food",
  changes: ["food"],
  remains: { food: { en: ["main ingredients", "portion"], th: "วัตถุดิบหลักและปริมาณ" } },
  choices: [
    {
      id: "fresh-steam",
      title: { th: "ควันร้อน ๆ", en: "Fresh steam" },
      change: {
        th: "เพิ่มไอควันบาง ๆ ลอยจากอาหารร้อน",
        en: "Add light, natural steam rising from the hot food",
      },
      changes: [],
    },
    {
      id: "herb-garnish",
      title: { th: "โรยผักชีและพริก", en: "Herb garnish" },
      change: {
        th: "โรยผักชีสดและพริกแดงซอยบนจาน",
        en: "Garnish the dish with fresh coriander leaves and thin slices of red chili",
      },
    },
    {
      id: "glossy-fresh",
      title: { th: "ดูสดใหม่ น่ากิน", en: "Fresh and glossy" },
      change: {
        th: "ทำให้อาหารดูเพิ่งปรุงเสร็จ ซอสเงา วัตถุดิบฉ่ำสด",
        en: "Make the food look freshly cooked, with glossy sauce and moist, vivid ingredients",
      },
    },
    {
      id: "richer-colors",
      title: { th: "สีสดขึ้นเล็กน้อย", en: "Richer colors" },
      change: {
        th: "เพิ่มสีสันของอาหารให้น่ากิน แต่ยังเป็นธรรมชาติ",
        en: "Enrich the colors of the food so that it looks appetizing yet natural",
      },
      changes: ["colorTone"],
    },
    {
      id: "banana-leaf",
      title: { th: "รองด้วยใบตอง", en: "On a banana leaf" },
      change: {
        th: "จัดอาหารบนใบตองสดในกระจาดไม้ไผ่สาน",
        en: "Serve the food on a fresh green banana leaf in a shallow woven bamboo basket",
      },
      changes: ["objects"],
    },
    {
      id: "celadon-plate",
      title: { th: "จานศิลาดล", en: "Celadon plate" },
      change: {
        th: "เปลี่ยนจานเป็นจานศิลาดลสีเขียวหยก",
        en: "Replace the plate with a jade green Thai celadon plate",
      },
      changes: ["objects"],
    },
    {
      id: "white-plate",
      title: { th: "ย้ายใส่จานขาว", en: "On a white plate" },
      change: {
        th: "ย้ายอาหารจากกล่องหรือถุงมาใส่จานเซรามิกสีขาว ปริมาณเท่าเดิม",
        en: "Move the food from its box or bag onto a plain white ceramic plate in the same portion",
      },
      changes: ["food", "objects"],
    },
    {
      id: "wooden-board",
      title: { th: "เขียงไม้", en: "Wooden board" },
      change: {
        th: "จัดอาหารบนเขียงไม้ทรงกลมสีน้ำตาล รองด้วยผ้าลินิน",
        en: "Serve the food on a round brown wooden board over a linen napkin",
      },
      changes: ["objects"],
    },
    {
      id: "iced-drink",
      title: { th: "น้ำแข็งและหยดน้ำเกาะแก้ว", en: "Ice and condensation" },
      change: {
        th: "เพิ่มน้ำแข็งใสในเครื่องดื่มและหยดน้ำเย็นเกาะแก้ว",
        en: "Add clear ice cubes to the drink and cold condensation droplets to the glass",
      },
    },
    {
      id: "lime-and-chili",
      title: { th: "มะนาวและพริกน้ำปลา", en: "Lime and chili sauce" },
      change: {
        th: "เพิ่มมะนาวผ่าซีกและถ้วยพริกน้ำปลาข้างจาน",
        en: "Add a lime wedge and a small bowl of chili fish sauce beside the dish",
      },
      changes: [],
    },
    {
      id: "tidy-plate",
      title: { th: "เช็ดขอบจานให้สะอาด", en: "Tidy the plate" },
      change: {
        th: "ลบคราบและเศษอาหารที่ขอบจาน",
        en: "Clean drips and crumbs off the rim of the plate",
      },
      changes: [],
    },
  ],
};
