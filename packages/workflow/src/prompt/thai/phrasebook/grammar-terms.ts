import { type Degree, type MarkerRole, type Phrase, relations } from "../phrase.ts";

function each(words: string, make: (th: string) => Phrase): Phrase[] {
  return words.trim().split(/\s+/).map(make);
}

/** Politeness, calls and filler that say nothing about the picture. */
const FILLERS = each(
  `ครับ ครับผม คับ ค้าบ คร้าบ คั้บ ครัช งับ ฮะ ฮับ ค่ะ คะ ค้ะ คร่ะ ค่า  จ้า จ้ะ จ๊ะ จ๋า นะ น้า น๊า น๊ะ เนอะ เน้อ
   หน่อย หน่อยนะ ช่วย ช่วยด้วย รบกวน กรุณา โปรด ที่รัก วาน ฝาก ลอง ให้หน่อย ให้ที ให้ด้วย ให้ทีนะ หน่อยได้ไหม ได้ไหม ได้มั้ย ได้มั๊ย ได้ไหมคะ
   ได้เปล่า ได้ป่าว ด้วยนะ ด้วยค่ะ ด้วยครับ ขอบคุณ ขอบคุณมาก ขอบใจ ขอบคุนค่ะ สวัสดี สวัสดีค่ะ สวัสดีครับ พี่ แอดมิน แอด ทีนะ สักหน่อย ซักหน่อย
   เลย ที เถอะ ระดับ สมัครงาน เอาไปสมัครงาน สำหรับสมัครงาน ไว้สมัครงาน ยัง ยังไงก็ เด็ดขาด สำหรับขายของ ขายของ ไว้ขายของ ลงขาย ลงไอจี ลงเฟซ เลยนะ ก็ ก็ได้ ก็พอ น่ะ ล่ะ ละ สิ ซิ อ่ะ อะ เอ่อ อืม ดู ดูให้ มีความ ความ การ แบบว่า คือ คือว่า ไหม มั้ย หรือเปล่า รึเปล่า
   อันดับแรก ก่อน ก่อนอื่น ได้ อย่าง  ทีเดียว จริงจริง พอ เท่านั้น อย่างเดียว แค่ เฉพาะ แม้แต่ นั้นแหละ แหละ ซะ ซะหน่อย เสีย หมด ให้หมด ทิ้งให้หมด`,
  (th) => ({ kind: "filler", th }),
);

const NEGATIONS: readonly Phrase[] = [
  ...each(
    "อย่า ห้าม ไม่ต้อง ไม่ควร ห้ามไม่ให้ ไม่อยากให้ ไม่ให้ อย่าให้ ห้ามให้ ไม่ต้องให้ อย่าพึ่ง ไม่จำเป็นต้อง อย่าไป",
    (th) => ({
      kind: "negation",
      th,
      isRequest: true,
    }),
  ),
  ...each("ไม่ มิ ไม่ได้", (th) => ({ kind: "negation", th, isRequest: false })),
];

const CONNECTORS: readonly Phrase[] = [
  ...each("และ กับ หรือ รวมถึง รวมทั้ง ตลอดจน ทั้ง", (th) => ({ kind: "connector", th, isClause: false })),
  ...each(
    "แล้ว แล้วก็ และก็ จากนั้น หลังจากนั้น แต่ แต่ว่า โดย โดยที่ พร้อม พร้อมกับ พร้อมทั้ง ต่อด้วย ส่วน เพื่อ เพื่อให้ จะได้ เพราะ เพราะว่า และขอ อีกอย่าง นอกจากนี้ ต่อมา สุดท้าย เสร็จแล้ว",
    (th) => ({ kind: "connector", th, isClause: true }),
  ),
];

const MARKERS: Readonly<Record<MarkerRole, string>> = {
  to: "เป็น ให้เป็น กลายเป็น ให้กลายเป็น ไปเป็น มาเป็น",
  give: "ให้  สำหรับ",
  with: "ด้วย โดยใช้ โดยมี",
  of: "ของ",
  that: "ที่ ซึ่ง ที่มันกำลัง ที่กำลัง",
  this: "นี้ นั้น โน้น เหล่านี้ เหล่านั้น  อันนั้น",
  other: "อื่น อื่นๆ  ที่ไม่เกี่ยวข้อง",
  out: "ออก ออกไป ออกให้หมด ทิ้ง ทิ้งไป ให้หายไป หายไป ออกหมด ออกไปให้หมด ออกทั้งหมด ออกจากภาพ ออกจากรูป ให้หาย",
  stay: "ไว้ เอาไว้ อยู่เหมือนเดิม",
  instead: "แทน แทนที่เดิม มาแทน เข้าไปแทน",
  same: "เหมือนเดิม ให้เหมือนเดิม ตามเดิม คงเดิม ยังเหมือนเดิม ยังคงเดิม แบบเดิม ต้องเหมือนเดิม เท่าเดิม ไว้เหมือนเดิม ให้คงเดิม ไว้ตามเดิม เหมือนเดิมทุกอย่าง",
  all: "ทั้งหมด ทุก ทุกๆ ทั้งหลาย ทั้งตัว ทั่ว",
  several: "หลาย หลายๆ",
  pattern: "ลาย ลวดลาย",
  go: "ไป มา เข้า เข้าไป ลงไป ขึ้นไป ลงบน เข้ามา กลับ",
  repeat: "ๆ",
  picture: "รูปที่ ภาพที่ รูปหมายเลข ภาพหมายเลข",
  times: "เท่า เท่าตัว",
};

const DEGREES: Readonly<Record<Degree, string>> = {
  more: "ขึ้น กว่า กว่าเดิม กว่านี้ อีก มากขึ้น ยิ่งขึ้น เพิ่มขึ้น ลง ขึ้นอีก ลงอีก ขึ้นกว่าเดิม ขึ้นกว่านี้ ลงกว่าเดิม มากกว่านี้ มากกว่าเดิม กว่าเดิมอีก เยอะขึ้น",
  less: "น้อยลง ลดลง น้อยกว่านี้ น้อยกว่าเดิม",
  slightly:
    "นิด นิดนึง นิดหนึ่ง นิดหน่อย เล็กน้อย ขึ้นนิด ขึ้นนิดนึง ขึ้นนิดหน่อย ลงนิดหน่อย ลงนิดนึง ขึ้นเล็กน้อย ลงเล็กน้อย อีกนิด อีกนิดนึง อีกหน่อย อีกนิดหน่อย ขึ้นหน่อย ขึ้นอีกนิด ขึ้นอีกหน่อย ลงอีกนิด ลงอีกหน่อย ลงหน่อย กว่านี้หน่อย กว่านี้นิดนึง กว่าเดิมนิดหน่อย กว่าเดิมเล็กน้อย บ้าง ประมาณหนึ่ง",
  much: "ขึ้นมาก ขึ้นเยอะ ขึ้นเยอะๆ ลงมาก ขึ้นมากๆ กว่าเดิมมาก อีกเยอะ",
  very: "มาก มากๆ สุด สุดๆ ที่สุด เว่อร์ เวอร์ โคตร เยอะ เยอะๆ จริงๆ สุดสุด แบบสุดๆ ฝุดๆ จัง จังเลย เต็มที่",
  too: "เกินไป ไปหน่อย เกิน ไปนิด ไปนิดนึง มากไป มากเกินไป เกินไปหน่อย",
};

/** Counting words; each stands between a number and what is counted. */
const CLASSIFIERS = each(
  "ตัว ใบ อัน ชิ้น ดอก ต้น คัน ดวง ลูก เล่ม แผ่น ช่อ จุด คู่ ผืน ก้อน เม็ด เส้น  องค์  ซี่ ข้อ ชนิด แบบหนึ่ง ท่าน เชือก  ลำ กลุ่ม  วง หยด กิ่ง พวง  เรือน สาย ด้าม แท่ง ซอง ฟอง บาน ปี",
  (th) => ({ kind: "classifier", th, en: "" }),
);

const NUMBERS: readonly Phrase[] = Object.entries({
  หนึ่ง: 1,
  นึง: 1,
  สอง: 2,
  สาม: 3,
  สี่: 4,
  ห้า: 5,
  หก: 6,
  เจ็ด: 7,
  แปด: 8,
  เก้า: 9,
  สิบ: 10,
  เดียว: 1,
  แรก: 1,
}).map(([th, value]) => ({ kind: "number", th, value }));

/** Words that mean nothing by themselves in a request, so that they are left out of it. */
export const GRAMMAR_TERMS: readonly Phrase[] = [
  ...FILLERS,
  ...NEGATIONS,
  ...CONNECTORS,
  ...CLASSIFIERS,
  ...NUMBERS,
  ...byRole(MARKERS, (th, role): Phrase => ({ kind: "marker", th, role })),
  ...byRole(DEGREES, (th, degree): Phrase => ({ kind: "degree", th, degree })),
  ...relations({
    ใน: "in {}",
    ภายใน: "inside {}",
    ข้างใน: "inside {}|inside",
    บน: "on {}",
    ข้างบน: "above {}|at the top",
    ด้านบน: "at the top of {}|at the top",
    ข้างล่าง: "below {}|at the bottom",
    ด้านล่าง: "at the bottom of {}|at the bottom",
    ใต้: "under {}",
    เหนือ: "above {}",
    ด้านหน้า: "in front of {}|in front",
    ข้างหน้า: "in front of {}|in the foreground",
    หน้าต่อ: "in front of {}",
    หลัง: "behind {}",
    ข้างหลัง: "behind {}|in the background",
    ด้านหลัง: "behind {}|in the background",
    ข้าง: "next to {}",
    ข้างๆ: "next to {}|beside it",
    ด้านข้าง: "beside {}|at the side",
    ริม: "beside {}",
    ติดกับ: "right next to {}",
    ใกล้: "near {}",
    ใกล้ๆ: "near {}|nearby",
    ไกลๆ: "|in the distance",
    ระหว่าง: "between {}",
    ท่ามกลาง: "among {}",
    รอบ: "around {}",
    รอบๆ: "around {}|all around",
    ตรง: "at {}",
    ตรงที่: "at {}",
    แถว: "around {}",
    บริเวณ: "around {}",
    กลาง: "in the middle of {}|in the center",
    ตรงกลาง: "in the middle of {}|in the center",
    ตรงกลางภาพ: "|in the center of the picture",
    กลางภาพ: "|in the center of the picture",
    จาก: "from {}",
    จากด้านซ้าย: "|from the left",
    จากทางซ้าย: "|from the left",
    จากด้านขวา: "|from the right",
    จากทางขวา: "|from the right",
    จากด้านบน: "|from above",
    จากข้างบน: "|from above",
    จากด้านหลัง: "|from behind",
    จากข้างหลัง: "|from behind",
    จากด้านหน้า: "|from the front",
    จากหน้าต่าง: "|from the window",
    กลางอากาศ: "|in mid-air",
    ยกเว้น: "except {}",
    นอกจาก: "except {}",
    เหมือนถ่ายใหม่: "|as if newly taken",
    เหมือนใหม่: "|like new",
    เหมือนถ่าย: "|as if taken",
    เหมือนถ่ายด้วย: "as if taken with {}",
    เห็นวิว: "with a view of {}",
    มองเห็น: "with a view of {}",
    สีเดียวกับ: "to match {} in color",
    เหมือนถ่ายใน: "as if taken in {}",
    เหมือนถ่ายที่: "as if taken in {}",
    ผูกโบว์: "|tied with a bow",
    ผูกโบว์แดง: "|tied with a red bow",
    ผูกริบบิ้น: "|tied with a ribbon",
    เห็นเต็มตัว: "|so that the whole body is visible",
    ให้เห็นเต็มตัว: "|so that the whole body is visible",
    เห็นทั้งตัว: "|so that the whole body is visible",
    ฟีล: "with a {} feel",
    ฟีลลิ่ง: "with a {} feel",
    มู้ด: "in a {} mood",
    มู้ดแอนด์โทน: "in a {} mood",
    ลุค: "with a {} look",
    ออกจาก: "from {}",
    ตาม: "as in {}",
    วัสดุ: "made of {}",
    ทำจาก: "made of {}",
    ทำด้วย: "made of {}",
    รับ: "for {}",
    ต้อนรับ: "for {}",
    ฉลอง: "to celebrate {}",
    ปกคลุม: "covering {}",
    คลุมทั่ว: "covering {}",
    เหมือน: "like {}",
    ให้เหมือนกับ: "to match {}",
    เหมือนกับ: "like {}",
    เหมือนใน: "like the one in {}",
    ไปที่: "to {}",
    ไปยัง: "to {}",
    ไปทาง: "toward {}",
    ทางซ้าย: "to the left of {}|on the left",
    ด้านซ้าย: "on the left side of {}|on the left",
    ข้างซ้าย: "to the left of {}|on the left",
    ซ้ายมือ: "|on the left",
    ซ้าย: "|on the left",
    ซ้ายสุด: "|on the far left",
    ทางขวา: "to the right of {}|on the right",
    ด้านขวา: "on the right side of {}|on the right",
    ข้างขวา: "to the right of {}|on the right",
    ขวามือ: "|on the right",
    ขวา: "|on the right",
    ขวาสุด: "|on the far right",
    ไปทางซ้าย: "|to the left",
    ไปทางขวา: "|to the right",
    ไปตรงกลาง: "|to the center",
    มาตรงกลาง: "|to the center",
    มุมขวาบน: "in the top right corner of {}|in the top right corner",
    มุมบนขวา: "in the top right corner of {}|in the top right corner",
    มุมซ้ายบน: "in the top left corner of {}|in the top left corner",
    มุมบนซ้าย: "in the top left corner of {}|in the top left corner",
    มุมขวาล่าง: "in the bottom right corner of {}|in the bottom right corner",
    มุมล่างขวา: "in the bottom right corner of {}|in the bottom right corner",
    มุมซ้ายล่าง: "in the bottom left corner of {}|in the bottom left corner",
    มุมล่างซ้าย: "in the bottom left corner of {}|in the bottom left corner",
    มุมล่าง: "in the bottom corner of {}|in the bottom corner",
    มุมบน: "in the top corner of {}|in the top corner",
    มุมขวา: "in the right corner of {}|in the right corner",
    มุมซ้าย: "in the left corner of {}|in the left corner",
    มุมห้อง: "|in the corner of the room",
    เต็มภาพ: "|across the whole picture",
    ทั้งภาพ: "|across the whole picture",
    ทั้งรูป: "|across the whole picture",
    สไตล์: "in a {} style",
    แนว: "in a {} style",
    ธีม: "with a {} theme",
    โทน: "in a {} tone",
    โทนสี: "in a {} tone",
    อารมณ์: "in a {} mood",
    บรรยากาศ: "with a {} atmosphere",
    แบบ: "in a {} style",
    ทรง: "in a {} shape",
  }),
];

function byRole<Role extends string>(
  words: Readonly<Record<Role, string>>,
  make: (th: string, role: Role) => Phrase,
): Phrase[] {
  const roles = Object.keys(words).filter((role): role is Role => role in words);
  return roles.flatMap((role) => each(words[role], (th) => make(th, role)));
}
