import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import * as z from "zod";

import type { RawServiceInput, ServiceInput } from "../../../contract/gpu-service.ts";
import { normalizePrompt } from "../../../prompt/normalize-prompt.ts";
import goldenCases from "./golden-cases.json" with { type: "json" };
import { resolveQwenImageEditInput } from "./input.ts";
import { OPTION_GROUPS } from "./options.ts";
import { compileQwenImageEditPrompt } from "./prompt.ts";

const Golden = z.array(
  z.object({
    input: z.object({
      options: z.record(z.string(), z.string()).optional(),
      prompt: z.string().optional(),
      hasMask: z.boolean().optional(),
    }),
    en: z.string(),
    th: z.string(),
    warnings: z.array(z.string()),
  }),
);

function resolved(raw: Partial<RawServiceInput>): ServiceInput {
  const resolution = resolveQwenImageEditInput({
    seed: 1,
    hasMask: false,
    extraImages: 0,
    ...raw,
  });
  if (!resolution.ok) throw new Error(`refused: ${resolution.problem.field}`);
  return resolution.input;
}

const choices = OPTION_GROUPS.flatMap((group) =>
  group.choices.map((choice) => ({ group, choiceId: choice.id })),
);
const anyOptions = fc
  .tuple(
    ...OPTION_GROUPS.map((group) =>
      fc.option(fc.constantFrom(...group.choices.map((choice) => choice.id)), { nil: null }),
    ),
  )
  .map((picked) =>
    Object.fromEntries(
      OPTION_GROUPS.flatMap((group, index) => {
        const choiceId = picked[index] ?? null;
        return choiceId === null ? [] : [[group.id, choiceId]];
      }),
    ),
  )
  .filter((options) => Object.keys(options).length > 0);

function choiceOf(groupId: string): string {
  const choice = OPTION_GROUPS.find(({ id }) => id === groupId)?.choices[0];
  if (choice === undefined) throw new Error(`no group ${groupId}`);
  return choice.id;
}

/** The sentences of the keep-list alone: the only ones that begin with "Keep". */
function keepSentences(en: string): string {
  return (en.match(/\bKeep [^.]*\./g) ?? []).join(" ");
}

describe("golden cases: what a Thai user chooses or writes, and the instruction it becomes", () => {
  const golden = Golden.parse(goldenCases);

  test("there are forty of them", () => {
    expect(golden).toHaveLength(40);
  });

  test.each(golden)("$input", ({ input, en, th, warnings }) => {
    const compiled = compileQwenImageEditPrompt(
      resolved({ options: input.options, prompt: input.prompt, hasMask: input.hasMask ?? false }),
    );
    expect(compiled.en).toBe(en);
    expect(compiled.th).toBe(th);
    expect(compiled.warnings.map((warning) => warning.code)).toEqual(warnings);
  });
});

test("a changed background takes its lettering with it: only what is on the subject is kept", () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const isNew =
        options["background"] !== undefined || options["product-background"] !== undefined;
      const kept = keepSentences(compileQwenImageEditPrompt(resolved({ options })).en);
      if (isNew) expect(kept).not.toMatch(/\blogos?\b(?! on the )/);
      else if (options["product-keep"] === undefined) {
        expect(kept).toContain("all text, labels and logos exactly the same");
      }
    }),
  );
});

test("new clothes before a new background leave no lettering to keep", () => {
  const options = { outfit: choiceOf("outfit"), background: choiceOf("background") };
  const { en, th } = compileQwenImageEditPrompt(resolved({ options }));
  expect(en).not.toMatch(/\b(text|logos?)\b/);
  expect(th).not.toContain("โลโก้");
});

test("six groups of five choices are offered, the shop's first", () => {
  expect(OPTION_GROUPS.map((group) => [group.id, group.choices.length])).toEqual([
    ["product-background", 5],
    ["product-keep", 5],
    ["outfit", 5],
    ["hair", 5],
    ["background", 5],
    ["light", 5],
  ]);
});

test("each single choice gives an instruction of its own, in both languages", () => {
  const compiled = choices.map(({ group, choiceId }) =>
    compileQwenImageEditPrompt(resolved({ options: { [group.id]: choiceId } })),
  );
  expect(new Set(compiled.map(({ en }) => en)).size).toBe(30);
  expect(new Set(compiled.map(({ th }) => th)).size).toBe(30);
});

test("no two different sets of options without a contradiction give the same instruction", () => {
  fc.assert(
    fc.property(anyOptions, anyOptions, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      const [first, second] = [a, b].map((options) =>
        compileQwenImageEditPrompt(resolved({ options })),
      );
      const isResolved = [first, second].some((compiled) =>
        compiled?.warnings.some((warning) => warning.code === "TWO_BACKGROUNDS"),
      );
      fc.pre(!isResolved);
      expect(first?.en).not.toBe(second?.en);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});

test("the keep-list never names what a chosen option changes, and names what none does", () => {
  const words = {
    outfit: /\b(?:clothes|clothing|outfit)\b/,
    hair: /\bhair/,
    background: /\bbackground\b/,
    light: /\blight/,
  } as const;
  fc.assert(
    fc.property(anyOptions, fc.boolean(), (options, hasMask) => {
      const { en } = compileQwenImageEditPrompt(resolved({ options, hasMask }));
      const kept = keepSentences(en);
      const changesBackground =
        options["background"] !== undefined || options["product-background"] !== undefined;
      expect(words.outfit.test(kept)).toBe(options["outfit"] === undefined);
      expect(words.hair.test(kept)).toBe(options["hair"] === undefined);
      expect(words.background.test(kept)).toBe(!changesBackground);
      expect(words.light.test(kept)).toBe(!changesBackground && options["light"] === undefined);
      expect(kept).toMatch(/\bface\b.*\bidentity\b.*\bpose\b.*\bhands\b/);
    }),
    { numRuns: 500 * inject("rounds") },
  );
});

test("an instruction begins with a verb, is one line of whole sentences, and ends with the quality wanted", () => {
  fc.assert(
    fc.property(anyOptions, fc.boolean(), (options, hasMask) => {
      const { en } = compileQwenImageEditPrompt(resolved({ options, hasMask }));
      expect(en).toMatch(/^(?:Replace|Place|Change|Dye|Restyle|Relight|Brighten|Darken|Retouch) /);
      expect(en).toMatch(/The result is [^.]+\.$/);
      expect(en).not.toMatch(/ {2}|\n|\.\.|undefined|null/);
      expect(en.includes("Change only the masked area")).toBe(hasMask);
    }),
  );
});

test("the same input gives the same text", () => {
  fc.assert(
    fc.property(anyOptions, fc.string({ unit: "grapheme", maxLength: 60 }), (options, prompt) => {
      const raw = { options, prompt: prompt.replace(/\p{Cc}/gu, " ") };
      expect(compileQwenImageEditPrompt(resolved(raw))).toEqual(
        compileQwenImageEditPrompt(resolved(raw)),
      );
    }),
  );
});

test("whatever is written, no control token reaches the model and the quotes stay closed", () => {
  const piece = fc.constantFrom(
    "<|",
    "|>",
    "<|im_end|>",
    "“",
    "”",
    '"',
    "ทำ",
    "a",
    " ",
    "\n",
    "\u200B",
    "embedding:x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const prompt = pieces.join("");
      fc.pre(normalizePrompt(prompt) !== "");
      const { en } = compileQwenImageEditPrompt(resolved({ prompt }));
      expect(en).not.toMatch(/<\||\|>|\u200B|\n|embedding:/);
      if (en.startsWith("Edit")) expect(en.match(/[“”]/g)).toEqual(["“", "”"]);
    }),
    { numRuns: 1000 * inject("rounds") },
  );
});

test("two backgrounds are reported, and the product's setting is the one used", () => {
  const { en, warnings } = compileQwenImageEditPrompt(
    resolved({ options: { background: "sea-beach", "product-background": "pure-white" } }),
  );
  expect(en).not.toContain("beach");
  expect(warnings).toEqual([
    expect.objectContaining({ code: "TWO_BACKGROUNDS", field: "options.background" }),
  ]);
});

test("a word the request protects stays in the keep-list", () => {
  const kept = (prompt: string): string =>
    keepSentences(compileQwenImageEditPrompt(resolved({ prompt })).en);
  expect(kept("เปลี่ยนพื้นหลังเป็นทะเล แต่คงทรงผมไว้")).toContain("hairstyle");
  expect(kept("เปลี่ยนพื้นหลังเป็นทะเล และเปลี่ยนทรงผม")).not.toContain("hairstyle");
  expect(kept("change the background, don't change the clothes")).toContain("clothes");
});

test("an edit that asks for nothing is a light clean-up of whatever it shows, and says so", () => {
  const compiled = compileQwenImageEditPrompt(resolved({}));
  expect(compiled.en).toMatch(/^Retouch the photo lightly/);
  expect(compiled.en).not.toContain("product");
  expect(compiled.warnings.map((warning) => warning.code)).toEqual(["NOTHING_TO_CHANGE"]);
});
