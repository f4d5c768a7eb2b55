import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { normalizePrompt } from "./normalize-prompt.ts";

test.each([
  ["a decomposed sara am is composed", "ท\u0E4D\u0E32", "ท\u0E33"],
  ["a tone typed after sara am comes before it", "น\u0E33\u0E49", "น\u0E49\u0E33"],
  [
    "a tone typed inside a decomposed sara am comes before it",
    "น\u0E4D\u0E49\u0E32",
    "น\u0E49\u0E33",
  ],
  ["a tone typed before the vowel above comes after it", "ท\u0E48\u0E35", "ท\u0E35\u0E48"],
  ["a tone typed before the vowel below comes after it", "ร\u0E49\u0E39", "ร\u0E39\u0E49"],
  ["a mark typed twice stands once", "น้\u0E49ำ", "น้ำ"],
  ["two sara e are a sara ae", "เเก้ว", "แก้ว"],
  ["Thai digits become Arabic ones", "ลด ๕๐%", "ลด 50%"],
  ["Thai digits in quotes stay", 'เขียน "๕๐ บาท" สี ๒ สี', 'เขียน "๕๐ บาท" สี 2 สี'],
  ["invisible characters go", "ลบ\u200B\uFEFFคน\u202E", "ลบคน"],
  ["an emoji family stays whole", "👩\u200D👧 สวย", "👩\u200D👧 สวย"],
  ["a stray joiner goes", "ก\u200Dข", "กข"],
  ["control tokens go", "a <|image_pad|> b", "a b"],
  ["tokens nested in tokens go", "<|im_<|x|>start|>ok", "im_startok"],
  ["tokens hidden by invisible characters go", "<\u200B|im_end|\u200B>x", "x"],
  ["spaces collapse and lines stay", "  a \u00A0 b \r\n\n  c ", "a b\nc"],
  ["file references lose their meaning", "embedding:secret", "embedding secret"],
])("%s", (_rule, raw, kept) => {
  expect(normalizePrompt(raw)).toBe(kept);
});

test("normalising twice changes nothing", () => {
  const unit = fc.constantFrom(
    ...'กเแำาํ้่ีัู็๕ \n"“”<>|:a\u200B\u200D😀'.split(""),
    "embedding:",
    "<|x|>",
    "e\u0301",
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (raw) => {
      const once = normalizePrompt(raw);
      expect(normalizePrompt(once)).toBe(once);
    }),
    { numRuns: 3000 * inject("rounds") },
  );
});
