import type { OptionWords } from "./option-words.ts";

/** Season, weather and sky: the place stays, the air changes. */
export const WEATHER: OptionWords = {
  kind: "change",
  id: "weather",
  title: { th: "ฤดูกาล อากาศ และท้องฟ้า", en: "Season, weather and sky" },
  cast: "scene",
  changes: ["background", "light", "colorTone"],
  remains: { background: { en: ["the place and its layout"], th: "สถานที่เดิม" } },
  choices: [
    {
      id: "clear-blue-sky",
      title: { th: "ฟ้าใสแดดดี", en: "Clear blue sky" },
      change: {
        th: "เปลี่ยนท้องฟ้าเป็นสีฟ้าใส แดดสว่าง",
        en: "Change the sky to a clear, bright blue with sunshine",
      },
      traits: ["sky", "sunny"],
    },
    {
      id: "fluffy-clouds",
      title: { th: "เมฆขาวปุย", en: "Fluffy clouds" },
      change: {
        th: "เปลี่ยนท้องฟ้าเป็นสีฟ้า มีเมฆขาวก้อนปุย",
        en: "Change the sky to blue with large, fluffy white clouds",
      },
      traits: ["sky", "day"],
    },
    {
      id: "sunset-sky",
      title: { th: "ฟ้ายามพระอาทิตย์ตก", en: "Sunset sky" },
      change: {
        th: "เปลี่ยนท้องฟ้าเป็นสีส้มอมชมพูยามพระอาทิตย์ตก แสงทั้งภาพอุ่นตาม",
        en: "Change the sky to an orange and pink sunset, with warm light across the picture",
      },
      traits: ["sky", "sunlight"],
    },
    {
      id: "starry-night",
      title: { th: "คืนดาวเต็มฟ้า", en: "Starry night" },
      change: {
        th: "เปลี่ยนเป็นกลางคืน ท้องฟ้ามีดาวและทางช้างเผือก",
        en: "Change the time to night, with stars and the Milky Way in the sky",
      },
      traits: ["sky", "night"],
    },
    {
      id: "light-rain",
      title: { th: "ฝนพรำ", en: "Light rain" },
      change: {
        th: "เพิ่มฝนพรำ พื้นเปียกสะท้อนแสง ฟ้าครึ้มอ่อน",
        en: "Add light rain, wet reflective ground and a pale overcast sky",
      },
      traits: ["sky", "rain"],
    },
    {
      id: "after-rain",
      title: { th: "หลังฝนตก", en: "After the rain" },
      change: {
        th: "ทำให้ดูเหมือนหลังฝนตก พื้นชุ่ม แอ่งน้ำสะท้อน อากาศใส",
        en: "Make the scene look freshly rained on, with puddles, wet surfaces and clear air",
      },
      traits: ["sky"],
    },
    {
      id: "storm-clouds",
      title: { th: "เมฆฝนครึ้ม", en: "Storm clouds" },
      change: {
        th: "เปลี่ยนท้องฟ้าเป็นเมฆฝนสีเทาเข้มก้อนหนา",
        en: "Change the sky to dramatic dark gray storm clouds",
      },
      traits: ["sky", "rain"],
    },
    {
      id: "rainbow",
      title: { th: "สายรุ้ง", en: "Rainbow" },
      change: {
        th: "เพิ่มสายรุ้งบาง ๆ บนท้องฟ้าหลังฝน",
        en: "Add a faint, natural rainbow to a clearing sky",
      },
      traits: ["sky", "day"],
    },
    {
      id: "winter-mist",
      title: { th: "หมอกหน้าหนาว", en: "Winter mist" },
      change: {
        th: "เพิ่มหมอกบางยามเช้าหน้าหนาว แสงเย็นนุ่ม",
        en: "Add thin winter morning mist with cool, soft light",
      },
      traits: ["sky", "day"],
    },
    {
      id: "snowfall",
      title: { th: "หิมะตก", en: "Snowfall" },
      change: {
        th: "เพิ่มหิมะโปรยเบา ๆ พื้นและกิ่งไม้มีหิมะเกาะ",
        en: "Add gently falling snow, with snow on the ground and branches",
      },
      traits: ["sky", "snow"],
    },
    {
      id: "cherry-blossom",
      title: { th: "ซากุระบาน", en: "Cherry blossom" },
      change: {
        th: "เปลี่ยนต้นไม้เป็นซากุระบานสีชมพู กลีบปลิวเบา ๆ",
        en: "Turn the trees into pink cherry trees in full bloom, with a few petals in the air",
      },
      traits: ["sky", "day"],
    },
    {
      id: "autumn-leaves",
      title: { th: "ใบไม้เปลี่ยนสี", en: "Autumn leaves" },
      change: {
        th: "เปลี่ยนใบไม้เป็นสีส้มแดงฤดูใบไม้ร่วง",
        en: "Turn the leaves orange, red and gold as in autumn",
      },
      traits: ["sky", "day"],
    },
  ],
};
