import type { OptionWords } from "./option-words.ts";

/** What a person wears. */
export const OUTFIT: OptionWords = {
  kind: "change",
  id: "outfit",
  title: { th: "เสื้อผ้า", en: "Outfit" },
  cast: "person",
  changes: ["clothing"],
  sets: "outfit",
  choices: [
    {
      id: "white-shirt",
      title: { th: "เสื้อเชิ้ตขาว", en: "White shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อเชิ้ตผ้าฝ้ายสีขาว",
        en: "Change the person's clothes to a crisp white cotton button-up shirt with natural folds",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อเชิ้ตผ้าฝ้าย{color}",
        en: "Change the person's clothes to a crisp {color} cotton button-up shirt with natural folds",
      },
    },
    {
      id: "black-suit",
      title: { th: "สูทดำ", en: "Black suit" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นสูทสีดำเข้ารูป สวมทับเชิ้ตขาว",
        en: "Change the person's clothes to a tailored black wool suit over a white shirt",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นสูท{color}เข้ารูป สวมทับเชิ้ตขาว",
        en: "Change the person's clothes to a tailored {color} wool suit over a white shirt",
      },
    },
    {
      id: "office-blazer",
      title: { th: "เบลเซอร์ทำงาน", en: "Office blazer" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเบลเซอร์สีเบจ สวมทับเสื้อคอกลมสีขาว",
        en: "Change the person's clothes to a beige office blazer over a plain white crew-neck top",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเบลเซอร์{color} สวมทับเสื้อคอกลมสีขาว",
        en: "Change the person's clothes to a {color} office blazer over a plain white crew-neck top",
      },
    },
    {
      id: "polite-black",
      title: { th: "ชุดดำสุภาพ", en: "Modest black" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดดำล้วนแบบสุภาพ มีแขน สำหรับไว้ทุกข์หรืองานศพ",
        en: "Change the person's clothes to plain, modest black formal wear with sleeves, as worn in mourning",
      },
    },
    {
      id: "thai-silk",
      title: { th: "ชุดไทยผ้าไหม", en: "Thai silk outfit" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดไทยผ้าไหมสีทองและแดงเข้ม",
        en: "Change the person's clothes to an elegant traditional Thai silk outfit in gold and deep red",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดไทยผ้าไหม{color} ขลิบทอง",
        en: "Change the person's clothes to an elegant traditional Thai silk outfit in {color} with gold trim",
      },
    },
    {
      id: "raj-pattern",
      title: { th: "ชุดราชปะแตน", en: "Thai raj-pattern suit" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อราชปะแตนสีขาว คอตั้ง กระดุมห้าเม็ด กับโจงกระเบนผ้าไหม",
        en: "Change the person's clothes to a white high-collared Thai raj-pattern jacket with five buttons and silk chong kraben trousers",
      },
    },
    {
      id: "denim-jacket",
      title: { th: "แจ็กเก็ตยีนส์", en: "Denim jacket" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นแจ็กเก็ตยีนส์สีน้ำเงิน ทับเสื้อยืดขาว",
        en: "Change the person's clothes to a blue denim jacket over a plain white T-shirt",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นแจ็กเก็ตยีนส์{color} ทับเสื้อยืดขาว",
        en: "Change the person's clothes to a {color} denim jacket over a plain white T-shirt",
      },
    },
    {
      id: "sky-blue-tshirt",
      title: { th: "เสื้อยืดสีฟ้า", en: "Sky blue T-shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อยืดผ้าฝ้ายสีฟ้าเรียบ",
        en: "Change the person's clothes to a plain sky blue cotton T-shirt",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อยืดผ้าฝ้าย{color}เรียบ",
        en: "Change the person's clothes to a plain {color} cotton T-shirt",
      },
    },
    {
      id: "polo-shirt",
      title: { th: "เสื้อโปโล", en: "Polo shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อโปโลสีกรมท่าพอดีตัว",
        en: "Change the person's clothes to a neat navy blue polo shirt",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อโปโล{color}พอดีตัว",
        en: "Change the person's clothes to a neat {color} polo shirt",
      },
    },
    {
      id: "hoodie",
      title: { th: "ฮู้ดดี้", en: "Hoodie" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นฮู้ดดี้สีเทาทรงหลวม",
        en: "Change the person's clothes to a relaxed gray cotton hoodie",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นฮู้ดดี้{color}ทรงหลวม",
        en: "Change the person's clothes to a relaxed {color} cotton hoodie",
      },
    },
    {
      id: "floral-shirt",
      title: { th: "เสื้อลายดอกสงกรานต์", en: "Songkran floral shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อลายดอกสีสดแบบสงกรานต์",
        en: "Change the person's clothes to a bright short-sleeved floral shirt as worn at Songkran",
      },
    },
    {
      id: "mo-hom-shirt",
      title: { th: "เสื้อม่อฮ่อม", en: "Mo hom shirt" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อม่อฮ่อมผ้าฝ้ายย้อมคราม",
        en: "Change the person's clothes to a traditional northern Thai indigo-dyed cotton shirt",
      },
    },
    {
      id: "graduation-gown",
      title: { th: "ชุดครุย", en: "Graduation gown" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดครุยสีดำแถบทอง สวมทับเสื้อเชิ้ตขาว",
        en: "Change the person's clothes to a black Thai graduation gown with gold trim over a white shirt",
      },
    },
    {
      id: "student-uniform",
      title: { th: "ชุดนักศึกษา", en: "University uniform" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดนักศึกษา เสื้อขาวเรียบร้อย กระโปรงหรือกางเกงสีดำ",
        en: "Change the person's clothes to a neat Thai university uniform with a white shirt and black skirt or trousers",
      },
    },
    {
      id: "civil-servant-uniform",
      title: { th: "ชุดปกติขาว", en: "White official uniform" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดปกติขาวข้าราชการ กระดุมทอง ไม่ใส่เหรียญตรา",
        en: "Change the person's clothes to a plain white Thai civil servant dress uniform with gold buttons and no medals or ribbons",
      },
    },
    {
      id: "evening-dress",
      title: { th: "ชุดราตรี", en: "Evening gown" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดราตรียาวผ้าซาตินสีเขียวเข้ม",
        en: "Change the person's clothes to a floor-length deep green satin evening gown",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดราตรียาวผ้าซาติน{color}",
        en: "Change the person's clothes to a floor-length {color} satin evening gown",
      },
    },
    {
      id: "casual-dress",
      title: { th: "เดรสลำลอง", en: "Casual dress" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเดรสผ้าฝ้ายสีครีมยาวคลุมเข่า",
        en: "Change the person's clothes to a simple knee-length cream cotton dress with short sleeves",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเดรสผ้าฝ้าย{color}ยาวคลุมเข่า",
        en: "Change the person's clothes to a simple knee-length {color} cotton dress with short sleeves",
      },
    },
    {
      id: "wedding-dress",
      title: { th: "ชุดแต่งงาน", en: "Wedding dress" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดแต่งงานลูกไม้สีขาว",
        en: "Change the person's clothes to a white lace wedding dress with delicate embroidery",
      },
    },
    {
      id: "chef-jacket",
      title: { th: "ชุดเชฟ", en: "Chef's jacket" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อเชฟสีขาวกระดุมสองแถว",
        en: "Change the person's clothes to a white double-breasted chef's jacket",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นเสื้อเชฟ{color}กระดุมสองแถว",
        en: "Change the person's clothes to a {color} double-breasted chef's jacket",
      },
    },
    {
      id: "sportswear",
      title: { th: "ชุดกีฬา", en: "Sportswear" },
      change: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดกีฬาสีดำผ้าระบายอากาศ",
        en: "Change the person's clothes to sleek black sportswear in breathable fabric",
      },
      recolor: {
        th: "เปลี่ยนเสื้อผ้าเป็นชุดกีฬา{color}ผ้าระบายอากาศ",
        en: "Change the person's clothes to sleek {color} sportswear in breathable fabric",
      },
    },
  ],
};
