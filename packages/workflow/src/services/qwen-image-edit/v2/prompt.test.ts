import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import * as z from "zod";

import type { CompiledPrompt } from "../../../contract/gpu-service.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import { anyEdit, anyOptions } from "../../../../test/any-edit.ts";
import {
  goldenOf,
  GoldenPrompt,
  resolvedInput,
  type GoldenInput,
} from "../../../../test/golden-prompts.ts";
import goldenCombinations from "./golden-combinations.json" with { type: "json" };
import goldenOptions from "./golden-options.json" with { type: "json" };
import type { DropReason } from "./chosen.ts";
import { OPTION_GROUPS } from "./options.ts";
import { QWEN_IMAGE_EDIT_V2 } from "./service.ts";

const golden = z.array(GoldenPrompt);
const singles = golden.parse(goldenOptions);
const combinations = golden.parse(goldenCombinations);

function compile(input: GoldenInput): CompiledPrompt {
  return QWEN_IMAGE_EDIT_V2.compilePrompt(resolvedInput(QWEN_IMAGE_EDIT_V2, input));
}

/** The sentences that say what stays: the only ones that begin with "Keep". */
function keepSentences(en: string): string {
  return (en.match(/\bKeep [^.]*\./g) ?? []).join(" ");
}

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

describe("golden cases: what a Thai user chooses, and the instruction it becomes", () => {
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

  test("no case stands twice", () => {
    const inputs = [...singles, ...combinations].map(({ input }) => JSON.stringify(input));
    expect(new Set(inputs).size).toBe(inputs.length);
  });

  test.each([...singles, ...combinations])("$input", (expected) => {
    expect(goldenOf(expected.input, compile(expected.input))).toEqual(expected);
  });
});

describe("each choice", () => {
  test.each(single)(
    "$name changes the instruction and stands in the explanation",
    ({ input, words }) => {
      const plain = compile({ extraImages: input.extraImages });
      const compiled = compile(input);
      expect(compiled.en).not.toBe(plain.en);
      expect(compiled.en).toContain(words.en);
      expect(compiled.th).toContain(words.th);
    },
  );

  test("gives an instruction of its own, in both languages", () => {
    const compiled = single.map(({ input }) => compile(input));
    expect(new Set(compiled.map(({ en }) => en)).size).toBe(single.length);
    expect(new Set(compiled.map(({ th }) => th)).size).toBe(single.length);
  });
});

/** The plain name of each thing in a keep-list, which may not stand there once any of it changes. */
const PLAIN_NAMES: Record<Subject, RegExp> = {
  face: /\bface\b(?! shape)/,
  identity: /\bidentity\b/,
  expression: /\bexpression\b/,
  skin: /\bskin\b/,
  hair: /\bhair/,
  pose: /\bpose\b/,
  hands: /\bhands\b/,
  clothing: /\bclothes\b|\boutfit\b/,
  accessories: /\baccessories\b/,
  productShape: /\bproportions\b/,
  productSurface: /\bmaterial\b/,
  food: /\bingredients\b/,
  furniture: /(?<!other )\bfurniture\b/,
  objects: /(?<!all other )\bobjects\b/,
  text: /\ball text, labels and logos exactly\b/,
  background: /(?<!rest of )\bthe background\b|\bplace in\b/,
  light: /\blight/,
  colorTone: /\bcolor tone\b/,
  framing: /\bframing\b/,
};

/** Warnings that say that the choice they point to is left out of the instruction. */
const LEFT_OUT: ReadonlySet<string> = new Set<DropReason>([
  "TWO_BACKGROUNDS",
  "TWO_OUTFITS",
  "TWO_HAIRSTYLES",
  "FURNITURE_AND_SETTING",
  "NO_PERSON_LEFT",
  "REMOVAL_NOT_NEEDED",
  "OUTFIT_COLOR_FIXED",
  "KEEP_AND_CHANGE",
  "PICTURE_MISSING",
]);

/** What the chosen options change, but for those a warning says are left out. */
function changedBy(options: Record<string, string>, { warnings }: CompiledPrompt): Set<Subject> {
  const changed = new Set<Subject>();
  for (const group of OPTION_GROUPS) {
    if (group.kind === "keep") continue;
    const choice = group.choices.find(({ id }) => id === options[group.id]);
    const isLeftOut = warnings.some(
      ({ field, code }) => field === `options.${group.id}` && LEFT_OUT.has(code),
    );
    if (choice === undefined || isLeftOut) continue;
    for (const subject of choice.changes ?? group.changes) {
      // Skin keeps its tone while it is retouched; nothing else keeps its plain name.
      const keepsName = subject === "skin" && (choice.remains ?? group.remains)?.skin !== undefined;
      if (!keepsName) changed.add(subject);
    }
  }
  return changed;
}

test("the keep-list never names what is being changed", () => {
  fc.assert(
    fc.property(anyOptions(5), fc.integer({ min: 0, max: 2 }), (options, extraImages) => {
      const compiled = compile({ options, extraImages });
      const kept = keepSentences(compiled.en);
      const named = [...changedBy(options, compiled)].filter((s) => PLAIN_NAMES[s].test(kept));
      expect(named).toEqual([]);
    }),
    { numRuns: 1000 * inject("rounds") },
  );
});

test("what no option changes is kept by name, in the keep-list or above all", () => {
  const always = ["pose", "hands", "hair", "face"] as const satisfies readonly Subject[];
  const named = {
    pose: /\bpose\b/,
    hands: /\bhands\b/,
    hair: /\bhair/,
    face: /\bface\b|facial features/,
  };
  fc.assert(
    fc.property(anyOptions(4), (options) => {
      fc.pre(options["style"] === undefined && options["remove"] !== "everyone");
      const compiled = compile({ options });
      const kept = `${keepSentences(compiled.en)} ${/Above all, [^.]*\./.exec(compiled.en)?.[0] ?? ""}`;
      const changed = changedBy(options, compiled);
      const unnamed = always.filter(
        (subject) => !changed.has(subject) && !named[subject].test(kept),
      );
      expect(unnamed).toEqual([]);
      if (!changed.has("background")) expect(kept).toMatch(/the background|room's walls/);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});

test("what the request asks to keep is never given up by the request itself", () => {
  const { en } = compile({ prompt: "Change the background to a beach, keep the hair" });
  expect(keepSentences(en)).toContain("hairstyle");
});

describe("a free request leaves what it does not touch", () => {
  test.each([
    ["ลบสิวบนหน้า", /facial features/],
    ["ลบลายน้ำมุมล่าง", /all other text, labels and logos/],
    ["Remove the car behind her", /the rest of the background, .*the lighting/],
    ["Add a red kite in the sky", /the rest of the background, .*the lighting/],
    ["Remove the people behind her", /of everyone who stays in the picture/],
    ["Remove the woman's bag", /of anyone in the picture/],
    ["เปลี่ยนเสื้อเป็นสีฟ้า", /the person's face, .*hairstyle/],
    ["ขอสวยๆ", /everything that is not mentioned/],
  ])("%s", (prompt, kept) => {
    expect(keepSentences(compile({ prompt }).en)).toMatch(kept);
  });

  test.each([
    ["เปลี่ยนพื้นหลังเป็นทะเล", /\bcolor tone\b|\blighting\b|\bthe background\b/],
    ["Place the product on a marble table", /\bthe background\b|\blighting\b/],
    ["Remove the background", /\bthe rest of the background\b/],
    ["Remove all text", /\bother text\b/],
    ["Add golden light", /\blighting\b/],
  ])("%s: and nothing that it does", (prompt, changed) => {
    expect(keepSentences(compile({ prompt }).en)).not.toMatch(changed);
  });

  test("what it asks to keep itself is not said twice", () => {
    const { en } = compile({ prompt: "ลบฝ้าบนหน้า ไม่เปลี่ยนทรงผม" });
    expect(en.match(/\bhairstyle\b/g)).toHaveLength(1);
  });

  test("someone who becomes another is not kept as the person", () => {
    const { en } = compile({ prompt: "Replace the woman with a robot" });
    expect(en).not.toContain("the person's");
  });

  test("and nobody is kept where everyone goes", () => {
    expect(keepSentences(compile({ prompt: "Remove all the people." }).en)).not.toMatch(
      /\bhands\b/,
    );
  });
});

test("an instruction of options is one line of plain whole sentences, verb first, quality last", () => {
  fc.assert(
    fc.property(anyOptions(4), fc.boolean(), (options, hasMask) => {
      const { en } = compile({ options, hasMask });
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
      const compiled = compile(input);
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
      const { en } = compile({ options, extraImages });
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
      expect(compile({ ...input, options: turned })).toEqual(compile(input));
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
      const { en } = compile({ prompt: pieces.join(""), options });
      expect(en).not.toMatch(/<\||\|>|\u200B|\n|embedding:/);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});
