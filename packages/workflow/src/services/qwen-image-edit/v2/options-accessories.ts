import type { OptionWords } from "./option-words.ts";

/** What a person wears besides clothes. */
export const ACCESSORIES: OptionWords = {
  kind: "change",
  id: "accessories",
  title: { th: "เครื่องประดับและของสวม", en: "Accessories" },
  cast: "person",
  changes: ["accessories"],
  remains: { accessories: { en: ["all other accessories"], th: "เครื่องประดับอื่น" } },
  choices: [
    {
      id: "straw-hat",
      title: { th: "หมวกฟาง", en: "Straw hat" },
      change: {
        th: "สวมหมวกฟางปีกกว้าง คาดริบบิ้นสีครีม",
        en: "Put a wide-brimmed straw hat with a cream ribbon on the person's head",
      },
      traits: ["hat"],
    },
    {
      id: "baseball-cap",
      title: { th: "หมวกแก๊ป", en: "Baseball cap" },
      change: {
        th: "สวมหมวกแก๊ปสีดำเรียบ",
        en: "Put a plain black baseball cap on the person's head",
      },
      traits: ["hat"],
    },
    {
      id: "flower-crown",
      title: { th: "มงกุฎดอกไม้", en: "Flower crown" },
      change: {
        th: "สวมมงกุฎดอกไม้สดสีชมพูอ่อนและขาว",
        en: "Put a crown of fresh pale pink and white flowers on the person's head",
      },
      traits: ["hat"],
    },
    {
      id: "flower-behind-ear",
      title: { th: "ทัดดอกลีลาวดี", en: "Flower behind the ear" },
      change: {
        th: "ทัดดอกลีลาวดีสีขาวที่ข้างหู",
        en: "Tuck one white frangipani flower behind the person's ear",
      },
    },
    {
      id: "sunglasses",
      title: { th: "แว่นกันแดด", en: "Sunglasses" },
      change: {
        th: "ใส่แว่นกันแดดกรอบดำเลนส์เข้ม",
        en: "Put black-framed sunglasses with dark lenses on the person",
      },
      traits: ["shades"],
      remains: {},
    },
    {
      id: "clear-glasses",
      title: { th: "แว่นสายตากรอบบาง", en: "Clear glasses" },
      change: {
        th: "ใส่แว่นสายตากรอบโลหะบาง เลนส์ใสไม่สะท้อน",
        en: "Put thin metal-framed glasses with clear, glare-free lenses on the person",
      },
      remains: {},
    },
    {
      id: "remove-glasses",
      title: { th: "ถอดแว่นออก", en: "Remove glasses" },
      change: {
        th: "ถอดแว่นออก ให้เห็นดวงตาทั้งสองข้างเป็นธรรมชาติ",
        en: "Remove the person's glasses and show both eyes clearly and naturally",
      },
      remains: {},
    },
    {
      id: "pearl-earrings",
      title: { th: "ต่างหูมุก", en: "Pearl earrings" },
      change: {
        th: "ใส่ต่างหูมุกเม็ดเล็กสีขาว",
        en: "Add small white pearl stud earrings to the person's ears",
      },
    },
    {
      id: "gold-necklace",
      title: { th: "สร้อยทอง", en: "Gold necklace" },
      change: {
        th: "ใส่สร้อยคอทองเส้นเล็ก",
        en: "Add a fine gold necklace around the person's neck",
      },
    },
    {
      id: "wristwatch",
      title: { th: "นาฬิกาข้อมือ", en: "Wristwatch" },
      change: {
        th: "ใส่นาฬิกาข้อมือเรือนเงินสายหนังสีน้ำตาล",
        en: "Add a silver wristwatch with a brown leather strap to the person's wrist",
      },
    },
    {
      id: "silk-scarf",
      title: { th: "ผ้าพันคอไหม", en: "Silk scarf" },
      change: {
        th: "ผูกผ้าพันคอไหมไทยสีแดงเข้มที่คอ",
        en: "Tie a deep red Thai silk scarf around the person's neck",
      },
    },
    {
      id: "headphones",
      title: { th: "หูฟังครอบหู", en: "Headphones" },
      change: {
        th: "ใส่หูฟังครอบหูสีขาว",
        en: "Put white over-ear headphones on the person's head",
      },
    },
    {
      id: "hijab",
      title: { th: "ฮิญาบ", en: "Hijab" },
      change: {
        th: "คลุมฮิญาบสีครีมเรียบ ปิดผมและคอ",
        en: "Cover the person's hair and neck with a neatly draped plain cream hijab",
      },
      changes: ["accessories", "hair"],
      traits: ["headscarf"],
    },
  ],
};
