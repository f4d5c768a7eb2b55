import type { Subject } from "../../subjects.ts";
import type { Phrase } from "../phrase.ts";

/** Set phrases with what of the picture they change. */
export function idioms(
  rows: Readonly<Record<string, string>>,
  subjects: readonly Subject[],
): Phrase[] {
  return Object.entries(rows).map(([th, en]) => ({ kind: "idiom", th, en, subjects }));
}

/** What people ask for in a set phrase that word by word would say something else. */
export const REQUEST_TERMS: readonly Phrase[] = [
  ...idioms(
    {
      หน้าชัดหลังเบลอ: "blur the background and keep the subject in sharp focus",
      หน้าชัดหลังละลาย: "blur the background softly and keep the subject in sharp focus",
      หลังละลาย: "blur the background softly",
      ละลายหลัง: "blur the background softly",
      ละลายพื้นหลัง: "blur the background softly",
      ละลายฉากหลัง: "blur the background softly",
      เบลอหลัง: "blur the background",
      เบลอพื้นหลัง: "blur the background",
      หลังเบลอ: "blur the background",
      เบลอฉากหลัง: "blur the background",
    },
    ["background"],
  ),
  ...idioms(
    {
      หน้าวีเชฟ: "slim the face slightly into a V shape",
      หน้าเด้ง: "give the face a firm, glowing look",
      ทำหน้าสวย: "retouch the face naturally",
      จมูกโด่ง: "make the nose bridge slightly higher",
      ตาโต: "make the eyes slightly bigger",
      ตาสองชั้น: "give the eyes natural double eyelids",
    },
    ["face"],
  ),
  ...idioms(
    {
      รีทัชผิว: "retouch the skin naturally",
      แต่งผิว: "retouch the skin naturally",
      หน้าใส: "make the facial skin clear and fresh",
      เคลียร์ผิว: "remove the skin blemishes",
      ลบรอยบนหน้า: "remove the blemishes on the face",
    },
    ["skin", "face"],
  ),
  ...idioms(
    {
      ฟันขาว: "whiten the teeth",
      หน้าไม่มัน: "reduce the shine on the face",
      ไม่ให้หน้ามัน: "reduce the shine on the face",
      แก้แว่นสะท้อนแสง: "remove the glare from the glasses",
      ลบแสงสะท้อนแว่น: "remove the glare from the glasses",
      แก้ตาแดง: "remove the red-eye effect",
      ลบตาแดง: "remove the red-eye effect",
    },
    ["expression", "face"],
  ),
  ...idioms(
    {
      ภาพชัด: "sharpen the picture",
      แก้ภาพเบลอ: "sharpen the blurred picture",
      ภาพเบลอ: "sharpen the blurred picture",
      รูปเบลอ: "sharpen the blurred picture",
      แก้เบลอ: "sharpen the blurred picture",
      ทำภาพให้ชัด: "sharpen the picture",
      ลดนอยส์: "reduce the noise in the picture",
      เพิ่มความคมชัด: "increase the sharpness",
    },
    [],
  ),
  ...idioms(
    {
      แก้ภาพมืด: "brighten the underexposed picture",
      แก้ย้อนแสง: "brighten the backlit subject",
      แสงน้อย: "brighten the underexposed picture",
      แสงน้อยไป: "brighten the underexposed picture",
      แก้แสง: "correct the lighting",
    },
    ["light"],
  ),
  ...idioms(
    {
      แก้ภาพเหลือง: "correct the yellow color cast",
      แก้สีเพี้ยน: "correct the wrong colors",
      ปรับสีผิวให้สม่ำเสมอ: "even out the skin tone",
    },
    ["colorTone"],
  ),
  ...idioms(
    {
      ชุบชีวิตรูปเก่า: "restore the old photo",
      ชุบชีวิต: "restore the old photo",
      ลงสีภาพขาวดำ: "colorize the black and white photo",
      เปลี่ยนภาพขาวดำเป็นสี: "colorize the black and white photo",
      ทำภาพขาวดำเป็นสี: "colorize the black and white photo",
    },
    ["colorTone"],
  ),
  ...idioms(
    {
      หน้าตรง: "make the face look straight ahead",
      หมุนภาพให้ตรง: "straighten the picture",
      ปรับภาพให้ตรง: "straighten the picture",
      ครอปให้เหลือครึ่งตัว: "crop the picture to half length",
      ครอปครึ่งตัว: "crop the picture to half length",
      ภาพเอียง: "straighten the tilted picture",
      แก้ภาพเอียง: "straighten the tilted picture",
      ทำให้ภาพตรง: "straighten the picture",
    },
    ["framing"],
  ),
  ...idioms(
    {
      ลดความอ้วน: "slim the body slightly",
      ลดหุ่น: "slim the body slightly",
      ลดพุง: "flatten the belly slightly",
      เก็บพุง: "flatten the belly slightly",
      หุ่นเพรียว: "slim the body slightly",
      ขายาวขึ้น: "make the legs slightly longer",
      ลดเหนียง: "reduce the double chin",
      เก็บเหนียง: "reduce the double chin",
    },
    ["pose"],
  ),
];
