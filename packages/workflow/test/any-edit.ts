import fc from "fast-check";

import { OPTION_GROUPS } from "../src/services/qwen-image-edit/v2/options.ts";
import type { GoldenInput } from "./golden-prompts.ts";

/** Up to `most` options of different groups, one choice each. */
export function anyOptions(most: number): fc.Arbitrary<Record<string, string>> {
  return fc
    .subarray([...OPTION_GROUPS], { maxLength: most })
    .chain((groups) =>
      fc.tuple(...groups.map(({ id, choices }) => fc.tuple(fc.constant(id), choiceId(choices)))),
    )
    .map((entries) => Object.fromEntries(entries));
}

function choiceId(choices: readonly { id: string }[]): fc.Arbitrary<string> {
  return fc.constantFrom(...choices.map(({ id }) => id));
}

const PROMPTS = [
  "เปลี่ยนเสื้อเป็นสีฟ้า",
  "ลบคนด้านหลังออก ไม่ต้องเปลี่ยนหน้า",
  'เพิ่มข้อความ "ลด 50%" มุมขวาบน',
  "ใส่กระเป๋าจากรูปที่ 2",
  "ฟหกดสวง",
  "Change the background to a beach",
  "make it look like an anime drawing, photorealistic",
  "Remove the logo",
];

/** Any edit of qwen-image-edit@2, contradictory ones included. */
export const anyEdit: fc.Arbitrary<GoldenInput> = fc.record(
  {
    options: anyOptions(7),
    prompt: fc.oneof(
      fc.constantFrom(...PROMPTS),
      fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replace(/\p{Cc}/gu, " ")),
    ),
    ratio: fc.constantFrom("original", "1:1", "4:5", "3:4", "4:3", "16:9", "9:16"),
    hasMask: fc.boolean(),
    extraImages: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: [] },
);
