import type { OptionWords } from "./option-words.ts";

/** Another look for the whole picture. */
export const STYLE: OptionWords = {
  kind: "change",
  id: "style",
  title: { th: "สไตล์ภาพ", en: "Style" },
  cast: "scene",
  changes: ["light", "colorTone"],
  choices: [
    {
      id: "anime",
      title: { th: "อนิเมะ", en: "Anime" },
      change: {
        th: "แปลงภาพเป็นอนิเมะญี่ปุ่น เส้นคมสะอาด สีสดใส",
        en: "Turn the picture into a Japanese anime illustration with clean lines and bright colors",
      },
      traits: ["drawn"],
    },
    {
      id: "watercolor",
      title: { th: "สีน้ำ", en: "Watercolor" },
      change: {
        th: "แปลงภาพเป็นภาพวาดสีน้ำ สีละมุน เห็นเนื้อกระดาษ",
        en: "Turn the picture into a soft watercolor painting with visible paper texture",
      },
      traits: ["drawn"],
    },
    {
      id: "oil-painting",
      title: { th: "สีน้ำมัน", en: "Oil painting" },
      change: {
        th: "แปลงภาพเป็นภาพวาดสีน้ำมัน ฝีแปรงหนาชัด",
        en: "Turn the picture into a classical oil painting with rich, visible brush strokes",
      },
      traits: ["drawn"],
    },
    {
      id: "pencil-sketch",
      title: { th: "ลายเส้นดินสอ", en: "Pencil sketch" },
      change: {
        th: "แปลงภาพเป็นลายเส้นดินสอแรเงาละเอียดบนกระดาษขาว",
        en: "Turn the picture into a finely shaded pencil sketch on white paper",
      },
      traits: ["drawn"],
    },
    {
      id: "cartoon-3d",
      title: { th: "การ์ตูนสามมิติ", en: "3D cartoon" },
      change: {
        th: "แปลงภาพเป็นการ์ตูนแอนิเมชันสามมิติ ตาโตน่ารัก แสงนุ่ม",
        en: "Turn the picture into a 3D animated cartoon with large friendly eyes and soft light",
      },
      traits: ["drawn"],
    },
    {
      id: "figurine-3d",
      title: { th: "ฟิกเกอร์บนแท่น", en: "Collectible figurine" },
      change: {
        th: "แปลงตัวแบบเป็นฟิกเกอร์สะสม ยืนบนแท่นใสทรงกลมบนโต๊ะทำงาน",
        en: "Turn the main subject into a glossy collectible figurine standing on a round clear base on a desk",
      },
      elsewhere: {
        th: "แปลงตัวแบบเป็นฟิกเกอร์สะสม ยืนบนแท่นใสทรงกลม",
        en: "Turn the main subject into a glossy collectible figurine standing on a round clear base",
      },
      changes: ["background", "light", "colorTone"],
      traits: ["drawn"],
    },
    {
      id: "chat-sticker",
      title: { th: "สติกเกอร์แชต", en: "Chat sticker" },
      change: {
        th: "แปลงตัวแบบเป็นตัวการ์ตูนจิบิน่ารัก ขอบขาวหนาแบบสติกเกอร์ บนพื้นสีอ่อนเรียบ",
        en: "Turn the main subject into a cute chibi sticker with a thick white outline on a plain pale background",
      },
      elsewhere: {
        th: "แปลงตัวแบบเป็นตัวการ์ตูนจิบิน่ารัก ขอบขาวหนาแบบสติกเกอร์",
        en: "Turn the main subject into a cute chibi sticker with a thick white outline",
      },
      changes: ["background", "light", "colorTone"],
      traits: ["drawn"],
    },
    {
      id: "thai-mural",
      title: { th: "จิตรกรรมฝาผนังไทย", en: "Thai mural" },
      change: {
        th: "แปลงภาพเป็นจิตรกรรมฝาผนังไทยโบราณ ตัดเส้น ปิดทอง",
        en: "Turn the picture into a traditional Thai temple mural with fine outlines and gold leaf",
      },
      traits: ["drawn"],
    },
    {
      id: "comic",
      title: { th: "คอมิก", en: "Comic book" },
      change: {
        th: "แปลงภาพเป็นคอมิก เส้นหมึกหนา จุดสกรีนสี",
        en: "Turn the picture into a comic book drawing with bold ink lines and halftone dots",
      },
      traits: ["drawn"],
    },
    {
      id: "pixel-art",
      title: { th: "พิกเซลอาร์ต", en: "Pixel art" },
      change: {
        th: "แปลงภาพเป็นพิกเซลอาร์ตแบบเกมย้อนยุค",
        en: "Turn the picture into retro video game pixel art with a limited palette",
      },
      traits: ["drawn"],
    },
    {
      id: "vintage-film",
      title: { th: "ฟิล์มวินเทจ", en: "Vintage film" },
      change: {
        th: "ปรับภาพให้เหมือนถ่ายด้วยฟิล์มยุค 90 สีอุ่นซีดจาง มีเกรนละเอียด",
        en: "Give the picture the look of 1990s color film with faded warm tones and fine grain",
      },
      traits: ["look"],
    },
    {
      id: "black-and-white",
      title: { th: "ขาวดำ", en: "Black and white" },
      change: {
        th: "แปลงภาพเป็นขาวดำคลาสสิก ไล่โทนละเอียด",
        en: "Convert the picture to classic black and white with rich gray tones",
      },
      changes: ["light", "colorTone", "skin", "productSurface"],
      traits: ["look", "noColor"],
    },
    {
      id: "instant-photo",
      title: { th: "โพลารอยด์", en: "Instant photo" },
      change: {
        th: "ปรับภาพให้เหมือนรูปโพลารอยด์ สีนวล แสงแฟลชตรง",
        en: "Give the picture the look of an instant photo with creamy colors and direct flash",
      },
      traits: ["look"],
    },
  ],
};
