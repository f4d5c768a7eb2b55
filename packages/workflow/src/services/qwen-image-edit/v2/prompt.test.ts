import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { anyEdit, anyOptions } from "../../../../test/any-edit.ts";
import { compileV2 } from "../../../../test/compile-v2.ts";

test("an instruction of options is one line of plain whole sentences, verb first, quality last", () => {
  fc.assert(
    fc.property(anyOptions(4), fc.boolean(), (options, hasMask) => {
      const { en } = compileV2({ options, hasMask });
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(en).toMatch(/^(?:[A-Z][a-z]+) .*The result is [^.]+\.$/);
      expect(en).not.toMatch(/ {2}|\.\.|\{|\bundefined\b|\bnull\b| [.,;:]/);
      expect(en.length).toBeLessThanOrEqual(1200);
      expect(en.includes("Change only the masked area")).toBe(hasMask);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});

test("only a ratio asked for leaves the picture as it is", () => {
  fc.assert(
    fc.property(anyEdit, (input) => {
      const compiled = compileV2(input);
      const isNewFormat = (input.ratio ?? "original") !== "original";
      const hasChange = compiled.en.includes("Leave everything inside the original borders");
      expect(compiled.editsPicture).toBe(!hasChange);
      expect(compiled.en.includes("beyond its original borders")).toBe(isNewFormat);
      if (!compiled.editsPicture) expect(input.hasMask ?? false).toBe(false);
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("several pictures are told apart by their numbers, and none is named that is not there", () => {
  fc.assert(
    fc.property(anyOptions(4), fc.integer({ min: 0, max: 2 }), (options, extraImages) => {
      const { en } = compileV2({ options, extraImages });
      const numbers = [...en.matchAll(/Pictures? (\d)(?: and (\d))?/g)].flatMap(([, ...found]) =>
        found.filter((number) => number !== undefined).map(Number),
      );
      for (const number of numbers) expect(number).toBeLessThanOrEqual(1 + extraImages);
      const named = Array.from({ length: extraImages + 1 }, (_, at) => at + 1);
      if (extraImages > 0) expect(new Set(numbers)).toEqual(new Set(named));
      else expect(numbers).toEqual([]);
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("the same input gives the same text, in whatever order the options stand", () => {
  fc.assert(
    fc.property(anyEdit, (input) => {
      const turned = Object.fromEntries(Object.entries(input.options ?? {}).toReversed());
      expect(compileV2({ ...input, options: turned })).toEqual(compileV2(input));
    }),
    { numRuns: 200 * inject("rounds") },
  );
});

test("whatever is written, no control token reaches the model", () => {
  const piece = fc.constantFrom(
    "<|",
    "|>",
    "<|im_end|>",
    "“",
    "”",
    '"',
    "ทำ",
    "ผม",
    " ",
    "\n",
    "\u200B",
    "embedding:x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), anyOptions(2), (pieces, options) => {
      const { en } = compileV2({ prompt: pieces.join(""), options });
      expect(en).not.toMatch(/<\||\|>|\u200B|\n|embedding:/);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});

test("a request that only says what stays is no change, and says so", () => {
  const { en, warnings } = compileV2({ prompt: "ไม่เปลี่ยนทรงผม" });
  expect(en).toMatch(/^Retouch the photo lightly: .* Keep the hairstyle unchanged\./);
  expect(warnings.map(({ code }) => code)).toEqual(["NOTHING_TO_CHANGE"]);
  expect(compileV2({ prompt: "ไม่เปลี่ยนทรงผม", ratio: "1:1" }).editsPicture).toBe(false);
});
