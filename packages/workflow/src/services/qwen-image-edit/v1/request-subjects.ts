import { PERSON_SUBJECTS, PRODUCT_SUBJECTS, type Subject } from "./subjects.ts";

/**
 * Words by which a free request names what it changes. Naming too much only shortens the
 * keep-list; naming too little would keep what the user asked to change, so the lists are generous.
 */
const SUBJECT_WORDS: readonly (readonly [readonly Subject[], RegExp])[] = [
  [
    ["face"],
    /ใบหน้า|หน้าตา|หน้า(?!ต่าง|ร้าน|ปก|จอ|บ้าน)|ผิว|สิว|แต่งหน้า|เด็กลง|แก่|\b(?:faces?|skin|makeup|wrinkles?|younger|older|nose|acne)\b/giu,
  ],
  [
    ["expression"],
    /ยิ้ม|หัวเราะ|สีหน้า|ตา(?!ม|ราง|ก)|ปาก|ฟัน|\b(?:smil\w*|laugh\w*|expression|eyes?|mouth|lips?|teeth)\b/giu,
  ],
  [
    ["hair"],
    /ทรงผม|ผม|หนวด|เครา|คิ้ว|\b(?:hair\w*|beard|moustache|mustache|bangs|ponytail|bald|eyebrows?)\b/giu,
  ],
  [
    ["pose"],
    /(?<!เ)ท่า(?!น)|ยืน|นั่ง|เดิน|หุ่น|ผอม|อ้วน|ตัวสูง|\b(?:pos\w+|stand\w*|sit\w*|walk\w*|body|slim\w*|thinner|taller)\b/giu,
  ],
  [["hands"], /มือ(?!ถือ)|นิ้ว|เล็บ|ถือ|แขน|\b(?:hands?|fingers?|nails?|hold\w*|arms?)\b/giu],
  [
    ["clothing"],
    /เสื้อ|ชุด|กางเกง|กระโปรง|รองเท้า|หมวก|แว่น|สูท|เดรส|ผ้า|สร้อย|\b(?:clothe?s?|clothing|outfits?|shirts?|t-shirts?|dress\w*|suits?|jackets?|trousers|pants|skirts?|shoes?|hats?|glasses|coats?|necklace|tie)\b/giu,
  ],
  [
    PRODUCT_SUBJECTS,
    /สินค้า|ขวด|กล่อง|กระป๋อง|บรรจุภัณฑ์|แพ็กเกจ|แพคเกจ|ถุง|แก้ว|\b(?:products?|bottles?|box\w*|packag\w+|cans?|jars?|bags?|cups?)\b/giu,
  ],
  [
    ["text"],
    /ข้อความ|ตัวหนังสือ|ตัวอักษร|คำว่า|โลโก้|ฉลาก|ป้าย|ลายน้ำ|เขียน|\b(?:texts?|words?|letters?|logos?|labels?|signs?|watermarks?|captions?|writ\w+)\b|["“]/giu,
  ],
  [
    ["background", "light"],
    /พื้นหลัง|ฉาก|แบ็กกราวด์|แบคกราวด์|แบ็คกราวด์|ข้างหลัง|ด้านหลัง|ท้องฟ้า|ทะเล|ภูเขา|วิว|ฝน|หิมะ|ห้อง|สตูดิโอ|\b(?:backgrounds?|backdrop|behind|sky|sea|beach|mountains?|scene\w*|room|rain\w*|snow\w*|weather|studio)\b/giu,
  ],
  [
    ["light"],
    /แสง|เงา|สว่าง|มืด|โทน|ขาวดำ|กลางคืน|กลางวัน|พระอาทิตย์|แดด|ฟิลเตอร์|\b(?:light\w*|relight|bright\w*|dark\w*|shadows?|sun\w*|night|daytime|tone|black and white|filter|contrast|exposure|color grad\w+|colou?ri[sz]e)\b/giu,
  ],
  [
    ["framing"],
    /ซูม|มุมกล้อง|มุมมอง|ครอป|ตัดขอบ|ขยายภาพ|\b(?:zoom\w*|crop\w*|camera|angle|framing|rotate|close-up)\b/giu,
  ],
  [
    PERSON_SUBJECTS,
    /(?:เปลี่ยน|ลบ|เอา|ตัด|ย้าย|เพิ่ม)(?:คน|ผู้หญิง|ผู้ชาย|เด็ก|นางแบบ|นายแบบ)|\b(?:remove|replace|erase|delete|move|add|turn|make)\s+(?:the |this |a |all |every |other )*(?:people|person|persons|man|men|woman|women|boy|girl|child|model|him|her|them|me)\b/giu,
  ],
];

/** Words that ask for a picture that no longer looks like a photograph. */
const STYLE_WORDS =
  /การ์ตูน|อนิเมะ|ภาพวาด|สีน้ำ(?!ตาล|เงิน|เงิน)|วาดเส้น|ลายเส้น|สีน้ำมัน|จิบลิ|ปั้น|\b(?:cartoon|anime|manga|paint\w*|watercolou?r|sketch\w*|drawing|illustration|oil|comic|pixar|ghibli|3d|clay|pixel art|style of)\b/iu;

/** Said right before a word, these protect it instead of changing it. */
const PROTECTED_BEFORE =
  /(?:คง|รักษา|เก็บ|ไม่ต้องเปลี่ยน|อย่าเปลี่ยน|ไม่เปลี่ยน|ห้ามเปลี่ยน|อย่าแก้|อย่าให้|keep(?:ing)?|preserv(?:e|ing)|don['’]t (?:change|touch)|do not (?:change|touch)|without changing)\s*(?:the|his|her|my|their|its|same|original|ส่วน|ให้|สี|ทรง)?\s*$/iu;

/** What a normalised free request seems to change; empty when it names nothing we know. */
export function requestSubjects(request: string): Set<Subject> {
  const found = new Set<Subject>();
  for (const [subjects, words] of SUBJECT_WORDS) {
    for (const match of request.matchAll(words)) {
      const before = request.slice(Math.max(0, match.index - 24), match.index);
      if (!PROTECTED_BEFORE.test(before)) for (const subject of subjects) found.add(subject);
    }
  }
  return found;
}

/** Whether a request asks for a drawn or painted look, which "photorealistic" would contradict. */
export function asksForStyle(request: string): boolean {
  return STYLE_WORDS.test(request);
}
