import type { LocalizedText } from "../../../localized-text.ts";

/** Every warning; `{…}` stand for what it is about. */
export const MESSAGES = {
  TWO_BACKGROUNDS: {
    th: "เลือกฉากไว้มากกว่าหนึ่งแบบ จะใช้ “{instead}” และข้าม “{title}”",
    en: "More than one setting is chosen: “{instead}” will be used and “{title}” left out.",
  },
  TWO_OUTFITS: {
    th: "เลือกชุดไว้มากกว่าหนึ่งแบบ จะใช้ “{instead}” และข้าม “{title}”",
    en: "More than one outfit is chosen: “{instead}” will be used and “{title}” left out.",
  },
  TWO_HAIRSTYLES: {
    th: "เลือกทรงผมไว้มากกว่าหนึ่งแบบ จะใช้ “{instead}” และข้าม “{title}”",
    en: "More than one hairstyle is chosen: “{instead}” will be used and “{title}” left out.",
  },
  TWO_LIGHTS: {
    th: "เลือกแสงหรือโทนสีไว้มากกว่าหนึ่งแบบ จะใช้ “{instead}” และข้าม “{title}”",
    en: "More than one light or color tone is chosen: “{instead}” will be used and “{title}” left out.",
  },
  COLOR_IN_BLACK_AND_WHITE: {
    th: "ภาพแบบ “{instead}” ไม่เห็นสี จึงข้าม “{title}”",
    en: "“{instead}” shows no color, so “{title}” will be left out.",
  },
  REQUEST_OVER_OPTION: {
    th: "ข้าม “{title}” เพราะ{instead}ขออย่างอื่น ถ้าอยากได้ แก้คำสั่ง",
    en: "“{title}” will be left out, because {instead} ask for something else. Edit the text to have it.",
  },
  FURNITURE_AND_SETTING: {
    th: "ฉาก “{instead}” ไม่ใช่ห้อง จึงไม่เพิ่ม “{title}” เลือกอย่างใดอย่างหนึ่ง",
    en: "“{instead}” is not a room, so “{title}” will be left out. Choose one of them.",
  },
  REMOVAL_NOT_NEEDED: {
    th: "ฉากจะเปลี่ยนเป็น “{instead}” อยู่แล้ว จึงไม่ต้องลบ “{title}”",
    en: "The setting becomes “{instead}” anyway, so “{title}” need not be removed.",
  },
  OUTFIT_COLOR_FIXED: {
    th: "“{instead}” มีสีเฉพาะของชุด จึงข้าม “{title}”",
    en: "“{instead}” has its own color, so “{title}” will not be used.",
  },
  KEEP_AND_CHANGE: {
    th: "“{title}” จะไม่คงเดิม เพราะเลือก “{instead}” ไว้ ถ้าอยากให้เหมือนเดิม เอา “{instead}” ออก",
    en: "“{title}” will not stay the same, because “{instead}” is chosen. Remove “{instead}” to keep it.",
  },
  PICTURE_MISSING: {
    th: "ยังไม่มี{instead} เพิ่มรูปก่อน ไม่อย่างนั้นจะข้ามส่วนนี้ไป",
    en: "There is no {instead} yet. Add it, or this part will be skipped.",
  },
  PICTURE_NAMED_MISSING: {
    th: "คำสั่งพูดถึง{pictures} แต่ยังไม่ได้เพิ่มรูปนั้น",
    en: "Your words name {pictures}, but nothing has been added there yet.",
  },
  PICTURE_UNUSED: {
    th: "ยังไม่ได้บอกว่าจะใช้{pictures} ทำอะไร จะใช้เป็นแบบอ้างอิงเท่านั้น ลองเลือกสิ่งที่จะนำมาใช้",
    en: "Nothing says what to take from {pictures}: used as reference only. Choose what to take.",
  },
  LIGHT_MISMATCH: {
    th: "แสงที่เลือกอาจไม่เข้ากับฉาก ลองดูแสงหรือฉากแบบอื่น ถ้าอยากให้ภาพดูจริงที่สุด",
    en: "The chosen light may not suit the setting. Try another light or setting for the most natural picture.",
  },
  WEATHER_MISMATCH: {
    th: "อากาศที่เลือกอาจไม่เข้ากับฉาก ลองเปลี่ยนอย่างใดอย่างหนึ่ง",
    en: "The chosen season or weather may not suit the setting. Try changing one of them.",
  },
  LIGHT_INSIDE_MASK: {
    th: "แสงจะเปลี่ยนเฉพาะบริเวณที่ระบายไว้ ถ้าอยากเปลี่ยนทั้งหมด เลือก “ทั้งภาพ”",
    en: "The light will change only inside the painted area. To change all of it, choose “Whole image”.",
  },
  EFFECT_INSIDE_MASK: {
    th: "“{title}” จะเห็นผลเฉพาะบริเวณที่ระบายไว้ ถ้าอยากเปลี่ยนทั้งหมด เลือก “ทั้งภาพ”",
    en: "“{title}” will show only inside the painted area. To change all of it, choose “Whole image”.",
  },
  BACKGROUND_INSIDE_MASK: {
    th: "ฉากจะเปลี่ยนเฉพาะที่ระบายไว้ ตรวจดูว่าระบายทั่วทั้งฉากหลังแล้ว",
    en: "The setting will change only where you painted. Check that the whole background is covered.",
  },
  MANY_PARTS_INSIDE_MASK: {
    th: "เลือกแก้หลายส่วน ตรวจดูว่าระบายคลุมครบทุกส่วน ส่วนที่ไม่ได้ระบายจะไม่เปลี่ยน",
    en: "Several parts are to change. Check that all of them are painted: what is not painted will not change.",
  },
  RATIO_AND_MASK: {
    th: "สัดส่วนใหม่จะเติมขอบภาพเพิ่ม นอกเหนือจากบริเวณที่ระบายไว้",
    en: "The new ratio adds areas around the picture besides the painted one.",
  },
  STYLE_AND_KEEP: {
    th: "ภาพวาดอาจเก็บ “{title}” ไม่ได้เหมือนเดิมทุกจุด ตรวจดูผลก่อนนำไปใช้",
    en: "A drawn style may not keep “{title}” exactly. Check the result before using it.",
  },
  STYLE_AND_PHOTOREALISTIC: {
    th: "ขอทั้งภาพวาดและภาพสมจริง จะทำเป็นภาพวาด ถ้าอยากได้ภาพสมจริง เอาสไตล์ออก",
    en: "Both a drawn and a photorealistic look are asked for: it will be drawn. Remove the style for a real photo.",
  },
  STYLE_HIDES_RETOUCH: {
    th: "“{title}” แทบไม่เห็นผลในภาพวาด เอาออกได้ถ้าไม่จำเป็น",
    en: "“{title}” will hardly show in a drawn style. Leave it out if you do not need it.",
  },
  TWO_STYLES: {
    th: "ขอสไตล์ไว้สองแบบ จะทำตาม{instead} และข้าม “{title}”",
    en: "Two styles are asked for: following {instead}, “{title}” will be left out.",
  },
  KEEP_AND_REMOVE_TEXT: {
    th: "จะลบเฉพาะข้อความที่ซ้อนบนภาพ และคง “{title}” ไว้",
    en: "Only text laid over the photo will be removed; “{title}” stays.",
  },
  KEEP_AND_REQUEST: {
    th: "“{title}” จะไม่คงเดิม เพราะคำสั่งที่พิมพ์ขอให้เปลี่ยน ถ้าอยากให้เหมือนเดิม แก้คำสั่ง",
    en: "“{title}” will not stay the same, because your words change it. Edit the text to keep it.",
  },
  HAIR_AND_HAT: {
    th: "“{title}” อาจบังผมที่เปลี่ยน เลือกอย่างใดอย่างหนึ่งถ้าอยากเห็นผมชัด",
    en: "“{title}” may hide the new hair. Choose one of them to show the hair clearly.",
  },
  ID_PHOTO_ITEMS: {
    th: "รูปติดบัตรมักไม่ให้ใช้ “{title}” ตรวจดูข้อกำหนดก่อน",
    en: "ID photos usually do not allow “{title}”. Check the rules first.",
  },
  PERSON_OPTION_WITHOUT_PERSON: {
    th: "“{title}” จะเห็นผลเมื่อในภาพมีคน ถ้าไม่มี เอาตัวเลือกนี้ออก",
    en: "“{title}” works only with a person in the picture. Remove it if there is none.",
  },
  NO_PERSON_LEFT: {
    th: "เลือกลบ “{instead}” ไว้ จึงไม่ทำ “{title}” เลือกอย่างใดอย่างหนึ่ง",
    en: "“{instead}” will be removed, so “{title}” will be left out. Choose one of them.",
  },
  REQUEST_AND_OPTION: {
    th: "คำสั่งที่พิมพ์กับตัวเลือกอาจพูดถึงสิ่งเดียวกัน ตรวจดูให้ตรงกันก่อนเริ่ม",
    en: "Your words and an option may be about the same thing. Check that they agree before starting.",
  },
  REQUEST_PROTECTS_OPTION: {
    th: "คำสั่งขอให้คงบางอย่างไว้ แต่ “{title}” จะเปลี่ยนสิ่งนั้น ถ้าอยากคงไว้ เอาตัวเลือกนี้ออก",
    en: "Your words ask to keep something that “{title}” changes. Remove the option to keep it.",
  },
  THAI_LETTERING: {
    th: "ตัวอักษรไทยในภาพอาจออกมาไม่ตรงทุกตัว ตรวจดูผลก่อนนำไปใช้",
    en: "Thai lettering may not come out exactly. Check the result before using it.",
  },
  UNKNOWN_WORDS: {
    th: "ยังไม่รู้จักคำว่า {words} จะส่งไปตามที่พิมพ์ ลองใช้คำอื่นถ้าผลไม่ตรงใจ",
    en: "Not understood: {words}. It will be passed on as written; try other words if the result is not right.",
  },
  TOO_MANY_CHANGES: {
    th: "ขอเปลี่ยน {count} อย่างในครั้งเดียว แบ่งทำทีละ 2–3 อย่างจะได้ผลตรงกว่า",
    en: "{count} changes at once are many. Doing two or three at a time works better.",
  },
  NOTHING_TO_CHANGE: {
    th: "ยังไม่ได้เลือกสิ่งที่จะเปลี่ยน จะปรับภาพให้ดูสะอาดตาขึ้นเล็กน้อย",
    en: "Nothing to change is chosen yet, so the photo will only be cleaned up a little.",
  },
} as const satisfies Record<string, LocalizedText>;
export type WarningCode = keyof typeof MESSAGES;
