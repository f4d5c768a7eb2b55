import { describe, expect, test } from "vitest";
import * as z from "zod";

import { compileV2 } from "../../../../test/compile-v2.ts";
import { goldenOf, GoldenPrompt } from "../../../../test/golden-prompts.ts";
import goldenCombinations from "./golden-combinations.json" with { type: "json" };
import goldenMixed from "./golden-mixed.json" with { type: "json" };
import goldenOptions from "./golden-options.json" with { type: "json" };
import { OPTION_GROUPS } from "./options.ts";

const golden = z.array(GoldenPrompt);
const singles = golden.parse(goldenOptions);
const combinations = golden.parse(goldenCombinations);
const all = [...singles, ...combinations, ...golden.parse(goldenMixed)];

const single = OPTION_GROUPS.flatMap((group) =>
  group.choices.map((choice) => ({
    name: `${group.id}: ${choice.id}`,
    words: "keep" in choice ? choice.keep : choice.change,
    input: {
      options: { [group.id]: choice.id },
      extraImages: group.kind === "change" ? (group.picture ?? 1) - 1 : 0,
    },
  })),
);

describe("golden cases: what a Thai user chooses or writes, and the instruction it becomes", () => {
  test("every group is there, and at least half of all choices alone", () => {
    const alone = [...singles, ...combinations].flatMap(({ input }) => {
      const entries = Object.entries(input.options ?? {});
      const isAlone = entries.length === 1 && input.prompt === undefined;
      return isAlone && input.ratio === undefined && input.hasMask === undefined ? entries : [];
    });
    expect(new Set(alone.map(([group]) => group)).size).toBeGreaterThanOrEqual(23);
    expect(new Set(alone.map(String)).size).toBeGreaterThanOrEqual(single.length / 2);
    expect(combinations.length).toBeGreaterThanOrEqual(150);
  });

  test("no case leaves a word that is not understood", () => {
    expect(all.filter(({ warnings }) => warnings.includes("UNKNOWN_WORDS"))).toEqual([]);
  });

  test("no case stands twice", () => {
    const inputs = all.map(({ input }) => JSON.stringify(input));
    expect(new Set(inputs).size).toBe(inputs.length);
  });

  test.each(all)("$input", (expected) => {
    expect(goldenOf(expected.input, compileV2(expected.input))).toEqual(expected);
  });
});

describe("each choice", () => {
  test.each(single)(
    "$name changes the instruction and stands in the explanation",
    ({ input, words }) => {
      const plain = compileV2({ extraImages: input.extraImages });
      const compiled = compileV2(input);
      expect(compiled.en).not.toBe(plain.en);
      expect(compiled.en).toContain(words.en);
      expect(compiled.th).toContain(words.th);
    },
  );

  test("gives an instruction of its own, in both languages", () => {
    const compiled = single.map(({ input }) => compileV2(input));
    expect(new Set(compiled.map(({ en }) => en)).size).toBe(single.length);
    expect(new Set(compiled.map(({ th }) => th)).size).toBe(single.length);
  });
});
