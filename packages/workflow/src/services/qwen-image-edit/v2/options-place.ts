import type { OptionWords } from "./option-words.ts";

/** What lies behind the subject. */
export const BACKGROUND: OptionWords = {
  kind: "change",
  id: "background",
  title: { th: "ฉากหลัง", en: "Background" },
  cast: "scene",
  changes: ["background", "light", "colorTone"],
  sets: "setting",
  choices: [
    {
      id: "sea-beach",
      title: { th: "ชายหาดทะเล", en: "Beach" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นหาดทรายขาว ทะเลสีฟ้าคราม ท้องฟ้าใส",
        en: "Replace the background with a white sand beach, a turquoise sea and a clear blue sky",
      },
      traits: ["outdoor", "sunny", "tropical"],
    },
    {
      id: "cafe",
      title: { th: "คาเฟ่อบอุ่น", en: "Cozy cafe" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นคาเฟ่อบอุ่น เฟอร์นิเจอร์ไม้ เบลอนุ่ม",
        en: "Replace the background with a cozy, softly blurred cafe with wooden furniture and warm lamps",
      },
      traits: ["indoor"],
    },
    {
      id: "minimal-cafe",
      title: { th: "คาเฟ่มินิมอล", en: "Minimal cafe" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นคาเฟ่มินิมอล ผนังขาว โต๊ะไม้สีอ่อน แสงหน้าต่าง",
        en: "Replace the background with a minimal white cafe with light wood tables and window light",
      },
      traits: ["indoor", "day"],
    },
    {
      id: "mountain-mist",
      title: { th: "ภูเขาทะเลหมอก", en: "Misty mountains" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นแนวเขาเขียวกับทะเลหมอกยามเช้า",
        en: "Replace the background with green mountain ridges above a sea of morning mist",
      },
      traits: ["outdoor", "day"],
    },
    {
      id: "city-night",
      title: { th: "เมืองยามค่ำ", en: "City at night" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นถนนในเมืองยามค่ำ แสงนีออนเบลอนุ่ม",
        en: "Replace the background with a city street at night and softly blurred neon signs",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "plain-gray",
      title: { th: "สตูดิโอสีเทาอ่อน", en: "Light gray studio" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นฉากสตูดิโอสีเทาอ่อนเรียบ",
        en: "Replace the background with a plain light gray studio backdrop",
      },
      traits: ["studio"],
    },
    {
      id: "blurred",
      title: { th: "เบลอฉากหลังเดิม", en: "Blur the background" },
      change: {
        th: "เบลอฉากหลังเดิมให้นุ่มเหมือนถ่ายด้วยเลนส์พอร์ตเทรต",
        en: "Blur the existing background softly, as if taken with a portrait lens at a wide aperture",
      },
      changes: ["background"],
    },
    {
      id: "thai-temple",
      title: { th: "วัดไทย", en: "Thai temple" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นวัดไทย หลังคากระเบื้องแดงเขียว ช่อฟ้าสีทอง",
        en: "Replace the background with a Thai temple with red and green tiled roofs and golden finials",
      },
      traits: ["outdoor", "day", "tropical"],
    },
    {
      id: "night-market",
      title: { th: "ตลาดนัดกลางคืน", en: "Night market" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นตลาดนัดกลางคืน แผงอาหารและหลอดไฟสีอุ่นเบลอนุ่ม",
        en: "Replace the background with a Thai night market with food stalls and softly blurred warm light bulbs",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "floating-market",
      title: { th: "ตลาดน้ำ", en: "Floating market" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นตลาดน้ำ เรือไม้ขายผลไม้ในคลอง",
        en: "Replace the background with a Thai floating market with wooden boats full of fruit on a canal",
      },
      traits: ["outdoor", "day", "tropical"],
    },
    {
      id: "rice-field",
      title: { th: "ทุ่งนาเขียว", en: "Rice field" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นทุ่งนาเขียวขจี มีกระท่อมไม้ไกล ๆ",
        en: "Replace the background with a lush green rice field and a small wooden hut far behind",
      },
      traits: ["outdoor", "day", "tropical"],
    },
    {
      id: "waterfall",
      title: { th: "น้ำตกในป่า", en: "Forest waterfall" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นน้ำตกในป่าเขียว แอ่งน้ำสีมรกต",
        en: "Replace the background with a forest waterfall falling into a clear emerald pool",
      },
      traits: ["outdoor", "day", "tropical"],
    },
    {
      id: "flower-field",
      title: { th: "ทุ่งดอกไม้", en: "Flower field" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นทุ่งดอกคอสมอสสีชมพูสุดสายตา",
        en: "Replace the background with a wide field of pink cosmos flowers",
      },
      traits: ["outdoor", "day"],
    },
    {
      id: "bangkok-rooftop",
      title: { th: "รูฟท็อปกรุงเทพฯ ยามเย็น", en: "Bangkok rooftop" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นรูฟท็อปเห็นตึกสูงกรุงเทพฯ ใต้ฟ้ายามเย็นสีส้ม",
        en: "Replace the background with a rooftop view of the Bangkok skyline under an orange evening sky",
      },
      traits: ["outdoor"],
    },
    {
      id: "condo-room",
      title: { th: "ห้องคอนโดสว่าง", en: "Bright condo room" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นห้องคอนโดสว่าง โซฟาสีครีม ม่านโปร่ง",
        en: "Replace the background with a bright condo living room with a cream sofa and sheer curtains",
      },
      traits: ["indoor", "day"],
    },
    {
      id: "library",
      title: { th: "ห้องสมุด", en: "Library" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นห้องสมุดชั้นไม้สูง เบลอนุ่ม",
        en: "Replace the background with a softly blurred library with tall wooden bookshelves",
      },
      traits: ["indoor"],
    },
    {
      id: "garden",
      title: { th: "สวนร่มรื่น", en: "Leafy garden" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นสวนร่มรื่น แดดอ่อนลอดใบไม้",
        en: "Replace the background with a leafy garden and soft sunlight through the trees",
      },
      traits: ["outdoor", "day"],
    },
    {
      id: "snow-village",
      title: { th: "หมู่บ้านหิมะ", en: "Snowy village" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นหมู่บ้านญี่ปุ่นหลังคามุงหญ้าปกคลุมหิมะ",
        en: "Replace the background with a snowy Japanese village of thatched wooden houses",
      },
      traits: ["outdoor", "snow"],
    },
    {
      id: "mount-fuji",
      title: { th: "ภูเขาไฟฟูจิ", en: "Mount Fuji" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นภูเขาไฟฟูจิหิมะคลุมยอด ริมทะเลสาบใส",
        en: "Replace the background with snow-capped Mount Fuji behind a clear, calm lake",
      },
      traits: ["outdoor", "day"],
    },
    {
      id: "live-studio",
      title: { th: "สตูดิโอไลฟ์ขายของ", en: "Live-selling studio" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นสตูดิโอไลฟ์ขายของ ชั้นวางของเบลอนุ่ม ไฟเส้นสีอุ่น",
        en: "Replace the background with a live-selling studio with softly blurred shelves and warm LED strips",
      },
      traits: ["indoor"],
    },
    {
      id: "gym",
      title: { th: "ฟิตเนส", en: "Gym" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นฟิตเนสทันสมัย เครื่องออกกำลังกายเบลอนุ่ม",
        en: "Replace the background with a modern gym with softly blurred equipment",
      },
      traits: ["indoor"],
    },
  ],
};
