import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import type { CompiledPrompt } from "../../../contract/gpu-service.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import { anyOptions } from "../../../../test/any-edit.ts";
import { compileV2, keepSentences } from "../../../../test/compile-v2.ts";
import type { DropReason } from "./chosen.ts";
import { OPTION_GROUPS } from "./options.ts";

/** The plain name of each thing in a keep-list, which may not stand there once any of it changes. */
const PLAIN_NAMES: Record<Subject, RegExp> = {
  face: /\bface\b(?! shape)/,
  identity: /\bidentity\b/,
  expression: /\bexpression\b/,
  skin: /\bskin\b/,
  hair: /\bhairstyle\b/,
  pose: /\bpose\b/,
  hands: /\bhands\b/,
  clothing: /\bclothes\b|\boutfit\b/,
  accessories: /(?<!all other )\baccessories\b/,
  productShape: /\bproportions\b/,
  productSurface: /\bmaterial\b/,
  food: /(?<!main )\bingredients\b/,
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
  "TWO_LIGHTS",
  "TWO_STYLES",
  "COLOR_IN_BLACK_AND_WHITE",
  "REQUEST_OVER_OPTION",
  "KEEP_AND_REQUEST",
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
      const compiled = compileV2({ options, extraImages });
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
      const compiled = compileV2({ options });
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
  const { en } = compileV2({ prompt: "Change the background to a beach, keep the hair" });
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
    expect(keepSentences(compileV2({ prompt }).en)).toMatch(kept);
  });

  test.each([
    ["Make the person stand in front of Wat Arun", /\bthe background\b/],
    ["ให้ผู้หญิงนั่งบนเก้าอี้", /\bhands\b/],
    ["Place the cream jar on stones in the water", /\bthe background\b/],
    ["เปลี่ยนพื้นหลังเป็นทะเล", /\bcolor tone\b|\blighting\b|\bthe background\b/],
    ["Place the product on a marble table", /\bthe background\b|\blighting\b/],
    ["Remove the background", /\bthe rest of the background\b/],
    ["Remove all text", /\bother text\b/],
    ["Add golden light", /\blighting\b/],
  ])("%s: and nothing that it does", (prompt, changed) => {
    expect(keepSentences(compileV2({ prompt }).en)).not.toMatch(changed);
  });

  test("what it asks to keep itself is not said twice", () => {
    const { en } = compileV2({ prompt: "ลบฝ้าบนหน้า ไม่เปลี่ยนทรงผม" });
    expect(en.match(/\bhairstyle\b/g)).toHaveLength(1);
  });

  test("and is not said at all where a chosen option changes it", () => {
    const prompt = "ลบฝ้าบนหน้า ไม่เปลี่ยนทรงผม";
    const { en } = compileV2({ prompt, options: { hair: "short-bob" } });
    expect(keepSentences(en)).not.toMatch(/\bhairstyle/);
  });

  test.each([
    ["Put sunglasses on the dog", /of anyone in the picture/],
    ["Put sunglasses on the woman", /the person's/],
    ["ให้ผู้หญิงถือกาแฟ", /the person's/],
    ["ทำให้สินค้าลอยกลางอากาศ", /product photo/],
    ['เปลี่ยนเสื้อเป็นสีแดง เพิ่มข้อความ "SALE" มุมขวาบน', /all other text/],
    ["Add a gift box beside the tree", /photorealistic photo/],
    ["Put the bottle on a rock", /product photo/],
    ["Add a lime beside the noodles", /food photo/],
    ['Change the scene to Christmas and add the text "SALE"', /^(?!.*all other text)/],
    ["อย่าใส่ข้อความ", /^Retouch the photo lightly/],
  ])("%s: it speaks of what is there", (prompt, words) => {
    expect(compileV2({ prompt }).en).toMatch(words);
  });

  test("someone who becomes another is not kept as the person", () => {
    const { en } = compileV2({ prompt: "Replace the woman with a robot" });
    expect(en).not.toContain("the person's");
  });

  test("and nobody is kept where everyone goes", () => {
    expect(keepSentences(compileV2({ prompt: "Remove all the people." }).en)).not.toMatch(
      /\bhands\b/,
    );
  });
});
