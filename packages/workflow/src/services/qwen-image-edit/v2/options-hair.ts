import type { OptionWords } from "./option-words.ts";

const CUT = { en: ["haircut"], th: "ทรงผมและความยาว" };
const COLOR = { en: ["hair color"], th: "สีผม" };

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
      remains: { hair: CUT },
    },
    {
      id: "chestnut-brown",
      title: { th: "ผมน้ำตาลอุ่น", en: "Chestnut brown" },
      change: {
        th: "ย้อมผมเป็นสีน้ำตาลอุ่น แซมไฮไลต์อ่อน ๆ",
        en: "Dye the person's hair warm chestnut brown with subtle highlights",
      },
      remains: { hair: CUT },
    },
    {
      id: "ash-gray",
      title: { th: "ผมเทาหม่น", en: "Ash gray" },
      change: {
        th: "ย้อมผมเป็นสีเทาหม่น โคนเข้มดูเป็นธรรมชาติ",
        en: "Dye the person's hair cool ash gray with naturally darker roots",
      },
      remains: { hair: CUT },
    },
    {
      id: "honey-blonde",
      title: { th: "ผมบลอนด์น้ำผึ้ง", en: "Honey blonde" },
      change: {
        th: "ย้อมผมเป็นสีบลอนด์น้ำผึ้ง ไล่เฉดนุ่ม",
        en: "Dye the person's hair honey blonde with soft, blended tones",
      },
      remains: { hair: CUT },
    },
    {
      id: "burgundy",
      title: { th: "ผมแดงเบอร์กันดี", en: "Burgundy" },
      change: {
        th: "ย้อมผมเป็นสีแดงเบอร์กันดีเข้ม",
        en: "Dye the person's hair deep burgundy red",
      },
      remains: { hair: CUT },
    },
    {
      id: "cover-gray",
      title: { th: "ปิดผมขาว", en: "Cover gray hair" },
      change: {
        th: "ย้อมปิดผมขาวให้กลืนกับสีผมเดิม",
        en: "Dye the gray and white hairs to match the rest of the person's hair",
      },
      remains: { hair: CUT },
    },
    {
      id: "short-bob",
      title: { th: "บ๊อบสั้น", en: "Short bob" },
      change: {
        th: "เปลี่ยนทรงผมเป็นบ๊อบสั้นระดับคาง",
        en: "Restyle the person's hair into a neat, chin-length bob",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "long-waves",
      title: { th: "ผมยาวลอน", en: "Long waves" },
      change: {
        th: "เปลี่ยนทรงผมเป็นผมยาวลอนหลวมเลยบ่า",
        en: "Restyle the person's hair into long, loose waves falling past the shoulders",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "long-straight",
      title: { th: "ผมยาวตรง", en: "Long and straight" },
      change: {
        th: "เปลี่ยนทรงผมเป็นผมยาวตรงเรียบลื่นเลยบ่า",
        en: "Restyle the person's hair into long, smooth, straight hair falling past the shoulders",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "see-through-bangs",
      title: { th: "หน้าม้าซีทรู", en: "See-through bangs" },
      change: {
        th: "เพิ่มหน้าม้าซีทรูบาง ๆ แบบเกาหลี",
        en: "Add light, see-through Korean-style bangs to the person's hair",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "high-ponytail",
      title: { th: "มัดหางม้าสูง", en: "High ponytail" },
      change: {
        th: "มัดผมเป็นหางม้าสูงเรียบร้อย",
        en: "Tie the person's hair into a sleek high ponytail",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "low-bun",
      title: { th: "มวยต่ำ", en: "Low bun" },
      change: {
        th: "เกล้าผมเป็นมวยต่ำเรียบร้อยแบบใส่ชุดไทย",
        en: "Gather the person's hair into a neat low bun as worn with traditional Thai dress",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "two-block",
      title: { th: "ทูบล็อก", en: "Two-block cut" },
      change: {
        th: "เปลี่ยนทรงผมเป็นทูบล็อก ข้างสั้น ด้านบนหนาปัดนุ่ม",
        en: "Restyle the person's hair into a two-block cut with short sides and soft volume on top",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "skin-fade",
      title: { th: "สกินเฟด", en: "Skin fade" },
      change: {
        th: "เปลี่ยนทรงผมเป็นสกินเฟด ข้างไล่ระดับ ด้านบนสั้น",
        en: "Restyle the person's hair into a clean skin fade with a short textured top",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "formal-side-part",
      title: { th: "รองทรงสุภาพ", en: "Formal side part" },
      change: {
        th: "เปลี่ยนทรงผมเป็นรองทรงสุภาพ แสกข้าง ด้านข้างสั้นไล่ระดับ",
        en: "Restyle the person's hair into a neat, short side part with tapered sides",
      },
      sets: "hairstyle",
      remains: { hair: COLOR },
    },
    {
      id: "fuller-hair",
      title: { th: "เติมผมบาง", en: "Fuller hair" },
      change: {
        th: "เติมผมส่วนที่บางให้ดูหนาเป็นธรรมชาติ",
        en: "Fill in the thinning parts of the person's hair naturally",
      },
      changes: [],
    },
    {
      id: "tidy-flyaways",
      title: { th: "เก็บผมชี้ฟู", en: "Tidy flyaways" },
      change: {
        th: "เก็บไรผมและผมชี้ฟูรอบศีรษะให้เรียบ",
        en: "Smooth the flyaway hairs around the person's head",
      },
      changes: [],
    },
  ],
};
