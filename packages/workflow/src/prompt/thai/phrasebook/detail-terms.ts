import { adjectives, colors, nouns, relations, type Phrase } from "../phrase.ts";

/** Sides of the body, lengths, cuts and small faults: what makes a request exact. */
export const DETAIL_TERMS: readonly Phrase[] = [
  ...nouns(
    "body",
    { แก้มซ้าย: "a left cheek", แก้มขวา: "a right cheek", หูซ้าย: "a left ear", หูขวา: "a right ear" },
    ["face"],
  ),
  ...nouns("body", { ตาซ้าย: "a left eye", ตาขวา: "a right eye" }, ["face", "expression"]),
  ...nouns("body", { แขนซ้าย: "a left arm", แขนขวา: "a right arm" }, ["hands"]),
  ...nouns(
    "body",
    {
      ขาซ้าย: "a left leg",
      ขาขวา: "a right leg",
      ไหล่ซ้าย: "a left shoulder",
      ไหล่ขวา: "a right shoulder",
    },
    ["pose"],
  ),
  ...adjectives("size", {
    ยาวถึงเอว: "waist-length",
    ยาวถึงกลางหลัง: "mid-back-length",
    ยาวถึงพื้น: "floor-length",
    ยาวถึงเข่า: "knee-length",
    ยาวคลุมเข่า: "below-the-knee",
    ยาวประบ่า: "shoulder-length",
  }),
  ...adjectives("opinion", {
    ดูกรอบ: "crispy",
    กรอบขึ้น: "crispier",
    กรอบนอกนุ่มใน: "crispy outside and tender inside",
  }),
  ...adjectives("pattern", { ลายคราม: "blue-and-white" }),
  ...colors({
    ดำเงา: "glossy black",
    ขาวเงา: "glossy white",
    แดงเงา: "glossy red",
    เทาเงา: "glossy gray",
  }),
  ...relations({
    เกาะไหล่: "|perched on the shoulder",
    เกาะบนไหล่: "|perched on the shoulder",
    เกาะกิ่งไม้: "|perched on a branch",
    กลับหลัง: "|backwards",
    กลับด้านหลัง: "|backwards",
  }),
  ...nouns("thing", {
    รอยบุบ: "dents",
    รอยบิ่น: "chips",
    รอยร้าว: "cracks",
    น้ำกระเด็น: "splashing water",
    ละอองน้ำกระเด็น: "splashing water",
  }),
  ...nouns("food", {
    ลูกส้ม: "an orange",
    ส้มผ่าครึ่ง: "orange halves",
    ส้มผ่าซีก: "orange halves",
    ส้มฝาน: "orange slices",
    มะนาวผ่าซีก: "lime wedges",
    มะนาวผ่าครึ่ง: "lime halves",
    มะนาวฝาน: "lime slices",
    ควันขึ้น: "rising steam",
  }),
  ...nouns("product", {
    ขวดน้ำส้ม: "an orange juice bottle",
    จานกระเบื้อง: "a porcelain plate",
    ชามกระเบื้อง: "a porcelain bowl",
    ถ้วยกระเบื้อง: "a porcelain cup",
    ตัวขวด: "a bottle body|bottle bodies",
    ตัวกล่อง: "a box body|box bodies",
  }),
  ...nouns("accessory", { หมวกแม่มด: "a witch hat" }),
  ...nouns("quantity", { สี่เหลี่ยมจัตุรัส: "a square format" }, ["framing"]),
];
