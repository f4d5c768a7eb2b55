import type { OptionWords } from "./option-words.ts";

/** A made backdrop behind a person: for ID cards, applications and profiles. */
export const PORTRAIT_BACKDROP: OptionWords = {
  kind: "change",
  id: "portrait-backdrop",
  title: { th: "พื้นหลังรูปติดบัตรและโปรไฟล์", en: "ID and profile backdrop" },
  cast: "person",
  changes: ["background", "light", "colorTone"],
  sets: "setting",
  choices: [
    {
      id: "id-blue",
      title: { th: "รูปติดบัตรพื้นฟ้า", en: "ID photo, light blue" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีฟ้าเรียบแบบรูปติดบัตร แสงสม่ำเสมอ ไม่มีเงา",
        en: "Replace the background with a plain light blue ID photo backdrop, evenly lit and without shadows",
      },
      traits: ["studio", "even", "idPhoto"],
    },
    {
      id: "id-white",
      title: { th: "รูปติดบัตรพื้นขาว", en: "ID photo, white" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีขาวเรียบแบบรูปติดบัตร แสงสม่ำเสมอ ไม่มีเงา",
        en: "Replace the background with a plain white ID photo backdrop, evenly lit and without shadows",
      },
      traits: ["studio", "even", "idPhoto"],
    },
    {
      id: "official-navy",
      title: { th: "พื้นน้ำเงินเข้มแบบทางการ", en: "Official dark blue" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีน้ำเงินเข้มเรียบแบบรูปทางการ",
        en: "Replace the background with a plain dark blue backdrop as in an official portrait, evenly lit",
      },
      traits: ["studio", "even", "idPhoto"],
    },
    {
      id: "light-gray",
      title: { th: "พื้นเทาอ่อนสมัครงาน", en: "Light gray for a resume" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีเทาอ่อนไล่เฉดแบบรูปสมัครงาน",
        en: "Replace the background with a light gray gradient backdrop as in a professional resume photo",
      },
      traits: ["studio", "even"],
    },
    {
      id: "blurred-office",
      title: { th: "ออฟฟิศเบลอ", en: "Blurred office" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นออฟฟิศกระจกสว่าง เบลอนุ่ม",
        en: "Replace the background with a bright, softly blurred office with glass walls",
      },
      traits: ["indoor", "day"],
    },
    {
      id: "warm-cream",
      title: { th: "พื้นครีมอบอุ่น", en: "Warm cream" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีครีมอุ่นเรียบแบบสตูดิโอ",
        en: "Replace the background with a plain warm cream studio backdrop",
      },
      traits: ["studio"],
    },
    {
      id: "pastel-gradient",
      title: { th: "พาสเทลไล่เฉด", en: "Pastel gradient" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีพาสเทลไล่จากชมพูไปม่วงอ่อน",
        en: "Replace the background with a smooth gradient from pastel pink to soft lilac",
      },
      traits: ["studio"],
    },
    {
      id: "studio-black",
      title: { th: "พื้นดำสตูดิโอ", en: "Studio black" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสีดำแบบสตูดิโอ มีแสงขอบแยกตัวแบบ",
        en: "Replace the background with a black studio backdrop and add a soft rim light around the person",
      },
      traits: ["studio"],
    },
    {
      id: "graduation-bokeh",
      title: { th: "สวนเบลอแบบรูปรับปริญญา", en: "Graduation garden" },
      change: {
        th: "เปลี่ยนพื้นหลังเป็นสวนเขียวเบลอนุ่มแบบรูปรับปริญญา",
        en: "Replace the background with a softly blurred, lush green garden as in a graduation portrait",
      },
      traits: ["outdoor", "day"],
    },
  ],
};

/** Thai and other festivals behind the subject. */
export const FESTIVAL: OptionWords = {
  kind: "change",
  id: "festival",
  title: { th: "ฉากเทศกาล", en: "Festival" },
  cast: "scene",
  changes: ["background", "light", "colorTone"],
  sets: "setting",
  choices: [
    {
      id: "songkran",
      title: { th: "สงกรานต์", en: "Songkran" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นถนนสงกรานต์ น้ำกระเซ็นรับแดด ธงราวสีสด",
        en: "Replace the background with a sunny Songkran street with splashing water and colorful bunting",
      },
      traits: ["outdoor", "sunny", "tropical"],
    },
    {
      id: "loy-krathong",
      title: { th: "ลอยกระทง", en: "Loy Krathong" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นริมน้ำคืนลอยกระทง กระทงใบตองจุดเทียนลอยเต็มน้ำ พระจันทร์เต็มดวง",
        en: "Replace the background with a riverside on Loy Krathong night, candlelit banana-leaf krathongs floating on the water under a full moon",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "yi-peng",
      title: { th: "ยี่เป็ง โคมลอย", en: "Yi Peng lanterns" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นท้องฟ้ายามค่ำ มีโคมลอยยี่เป็งสีทองนับร้อย",
        en: "Replace the background with a night sky filled with hundreds of glowing golden paper lanterns",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "new-year",
      title: { th: "ปีใหม่", en: "New Year" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นพลุปีใหม่สีทองเหนือเมืองยามค่ำ",
        en: "Replace the background with golden New Year fireworks above a city at night",
      },
      traits: ["outdoor", "night"],
    },
    {
      id: "chinese-new-year",
      title: { th: "ตรุษจีน", en: "Chinese New Year" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นโคมแดงและของมงคลสีทองแบบตรุษจีน",
        en: "Replace the background with rows of red lanterns and gold Chinese New Year decorations",
      },
    },
    {
      id: "valentine",
      title: { th: "วาเลนไทน์", en: "Valentine's Day" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นกุหลาบแดงและไฟรูปหัวใจเบลอนุ่ม",
        en: "Replace the background with red roses and softly blurred heart-shaped lights",
      },
    },
    {
      id: "christmas",
      title: { th: "คริสต์มาส", en: "Christmas" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นห้องอบอุ่น มีต้นคริสต์มาสประดับไฟสีทอง",
        en: "Replace the background with a cozy room and a Christmas tree decorated with warm golden lights",
      },
      traits: ["indoor"],
    },
    {
      id: "birthday",
      title: { th: "วันเกิด", en: "Birthday" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นลูกโป่งสีพาสเทลและธงราวงานวันเกิด",
        en: "Replace the background with pastel birthday balloons and paper bunting",
      },
      traits: ["indoor"],
    },
    {
      id: "mothers-day",
      title: { th: "วันแม่ ดอกมะลิ", en: "Mother's Day jasmine" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นพุ่มดอกมะลิขาวในแสงสีฟ้าอ่อน",
        en: "Replace the background with white jasmine flowers in soft, pale blue light, as on Thai Mother's Day",
      },
    },
    {
      id: "fathers-day",
      title: { th: "วันพ่อ ดอกพุทธรักษา", en: "Father's Day canna flowers" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นดอกพุทธรักษาสีเหลืองในแสงอุ่นนุ่ม",
        en: "Replace the background with yellow canna flowers in soft, warm light, as on Thai Father's Day",
      },
    },
    {
      id: "vegetarian-festival",
      title: { th: "เทศกาลกินเจ", en: "Vegetarian Festival" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นถนนเทศกาลกินเจ ธงสามเหลี่ยมสีเหลืองเรียบ โคมแดง",
        en: "Replace the background with a Vegetarian Festival street hung with plain yellow triangular flags and red lanterns",
      },
      traits: ["outdoor"],
    },
    {
      id: "halloween",
      title: { th: "ฮาโลวีน", en: "Halloween" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นคืนฮาโลวีน ฟักทองแกะสลักจุดไฟ หมอกจาง",
        en: "Replace the background with a Halloween night with glowing carved pumpkins and thin mist",
      },
      traits: ["night"],
    },
    {
      id: "temple-fair",
      title: { th: "งานวัด", en: "Temple fair" },
      change: {
        th: "เปลี่ยนฉากหลังเป็นงานวัดยามค่ำ ชิงช้าสวรรค์และหลอดไฟหลากสี",
        en: "Replace the background with a Thai temple fair at night with a Ferris wheel and strings of colored bulbs",
      },
      traits: ["outdoor", "night"],
    },
  ],
};
