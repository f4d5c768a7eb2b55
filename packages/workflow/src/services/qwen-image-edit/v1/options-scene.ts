import type { OptionWords } from "./option-words.ts";

/** What lies behind the subject. */
export const BACKGROUND: OptionWords = {
  kind: "change",
  id: "background",
  title: { th: "ฉากหลัง", en: "Background" },
  cast: "scene",
  changes: ["background", "light"],
  choices: [
    {
      id: "sea-beach",
      title: { th: "ชายหาดทะเล", en: "Beach" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นหาดทรายขาว ทะเลสีฟ้าคราม ท้องฟ้าใส",
        en: "Replace the background with a white sand beach, a turquoise sea and a clear blue sky",
      },
    },
    {
      id: "cafe",
      title: { th: "คาเฟ่", en: "Cafe" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นคาเฟ่อบอุ่น เฟอร์นิเจอร์ไม้ เบลอนุ่ม",
        en: "Replace the background with a cozy, softly blurred cafe with wooden furniture and warm lamps",
      },
    },
    {
      id: "mountain-mist",
      title: { th: "ภูเขาทะเลหมอก", en: "Misty mountains" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นแนวเขาเขียวกับทะเลหมอกยามเช้า",
        en: "Replace the background with green mountain ridges above a sea of morning mist",
      },
    },
    {
      id: "city-night",
      title: { th: "เมืองยามค่ำ", en: "City at night" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นถนนในเมืองยามค่ำ แสงนีออนเบลอนุ่ม",
        en: "Replace the background with a city street at night and softly blurred neon signs",
      },
    },
    {
      id: "plain-gray",
      title: { th: "สตูดิโอสีเทาอ่อน", en: "Light gray studio" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นฉากสตูดิโอสีเทาอ่อนเรียบ",
        en: "Replace the background with a plain light gray studio backdrop",
      },
    },
  ],
};

/** How the picture is lit. */
export const LIGHT: OptionWords = {
  kind: "change",
  id: "light",
  title: { th: "แสงและอารมณ์ภาพ", en: "Light and mood" },
  cast: "scene",
  changes: ["light"],
  choices: [
    {
      id: "golden-hour",
      title: { th: "แสงทองยามเย็น", en: "Golden hour" },
      change: {
        th: "ปรับแสงเป็นแดดเย็นสีทองจากด้านข้าง เงาทอดยาวนุ่ม",
        en: "Relight the picture with warm golden-hour sunlight from the side and long, soft shadows",
      },
    },
    {
      id: "soft-daylight",
      title: { th: "แสงธรรมชาตินุ่ม", en: "Soft daylight" },
      change: {
        th: "ปรับแสงเป็นแสงกลางวันนุ่มสม่ำเสมอจากหน้าต่างบานใหญ่",
        en: "Relight the picture with soft, even daylight from a large window",
      },
    },
    {
      id: "bright-airy",
      title: { th: "สว่างสดใส", en: "Bright and airy" },
      change: {
        th: "ปรับภาพให้สว่างสดใส ขาวสะอาด คอนทราสต์นุ่ม",
        en: "Brighten the picture to an airy mood with clean whites and gentle contrast",
      },
    },
    {
      id: "studio-softbox",
      title: { th: "แสงสตูดิโอ", en: "Studio light" },
      change: {
        th: "ปรับแสงเป็นซอฟต์บ็อกซ์สตูดิโอจากด้านหน้า มีแสงขอบบางๆ",
        en: "Relight the picture with a studio softbox from the front and a subtle rim light",
      },
    },
    {
      id: "moody-dark",
      title: { th: "โทนเข้มมีอารมณ์", en: "Dark and moody" },
      change: {
        th: "ปรับภาพเป็นโทนเข้ม มีแสงนุ่มจากด้านข้างด้านเดียว",
        en: "Darken the picture to a moody, low-key look with one soft light from the side",
      },
    },
  ],
};
