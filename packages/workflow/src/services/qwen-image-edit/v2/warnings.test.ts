import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { anyEdit } from "../../../../test/any-edit.ts";
import { compileV2 } from "../../../../test/compile-v2.ts";
import type { GoldenInput } from "../../../../test/golden-prompts.ts";
import { OPTION_GROUPS } from "./options.ts";
import type { WarningCode } from "./warning-messages.ts";

/** One edit for every warning: where it points, and what the instruction must not say because of it. */
const CASES = {
  TWO_BACKGROUNDS: {
    input: { options: { background: "sea-beach", "product-background": "pure-white" } },
    field: "options.background",
    without: /beach/,
  },
  TWO_OUTFITS: {
    input: { options: { outfit: "hoodie", "picture-2": "outfit" }, extraImages: 1 },
    field: "options.picture-2",
    without: /outfit from Picture 2/,
  },
  TWO_HAIRSTYLES: {
    input: { options: { hair: "short-bob", "picture-2": "hairstyle" }, extraImages: 1 },
    field: "options.picture-2",
    without: /one in Picture 2/,
  },
  TWO_LIGHTS: {
    input: { options: { light: "neon", "picture-2": "color-tone" }, extraImages: 1 },
    field: "options.picture-2",
    without: /Match the color tone/,
  },
  COLOR_IN_BLACK_AND_WHITE: {
    input: { options: { style: "black-and-white", "outfit-color": "red" } },
    field: "options.outfit-color",
    without: /\bred\b/,
  },
  REQUEST_OVER_OPTION: {
    input: { options: { outfit: "white-shirt" }, prompt: "เสื้อแดง" },
    field: "options.outfit",
    without: /\bwhite\b/,
  },
  FURNITURE_AND_SETTING: {
    input: { options: { furniture: "gray-sofa", "product-background": "pure-white" } },
    field: "options.furniture",
    without: /sofa/,
  },
  NO_PERSON_LEFT: {
    input: { options: { remove: "everyone", skin: "remove-pimples" } },
    field: "options.skin",
    without: /pimples/,
  },
  REMOVAL_NOT_NEEDED: {
    input: { options: { background: "cafe", remove: "power-lines" } },
    field: "options.remove",
    without: /power lines/,
  },
  OUTFIT_COLOR_FIXED: {
    input: { options: { outfit: "graduation-gown", "outfit-color": "red" } },
    field: "options.outfit-color",
    without: /\bred\b/,
  },
  KEEP_AND_CHANGE: {
    input: { options: { "person-keep": "hairstyle", hair: "burgundy" } },
    field: "options.person-keep",
    without: /Above all/,
  },
  PICTURE_MISSING: {
    input: { options: { "picture-2": "outfit" } },
    field: "options.picture-2",
    without: /Picture 2/,
  },
  PICTURE_NAMED_MISSING: { input: { prompt: "ใส่เสื้อจากรูปที่ 2" }, field: "prompt" },
  PICTURE_UNUSED: { input: { extraImages: 1 }, field: "extraImageAssetIds" },
  LIGHT_MISMATCH: {
    input: { options: { background: "city-night", light: "golden-hour" } },
    field: "options.light",
  },
  WEATHER_MISMATCH: {
    input: { options: { background: "sea-beach", weather: "snowfall" } },
    field: "options.weather",
  },
  LIGHT_INSIDE_MASK: {
    input: { options: { light: "golden-hour" }, hasMask: true },
    field: "options.light",
  },
  EFFECT_INSIDE_MASK: {
    input: { options: { weather: "light-rain" }, hasMask: true },
    field: "options.weather",
  },
  BACKGROUND_INSIDE_MASK: {
    input: { options: { background: "garden" }, hasMask: true },
    field: "options.background",
  },
  MANY_PARTS_INSIDE_MASK: {
    input: { options: { hair: "short-bob", outfit: "hoodie" }, hasMask: true },
    field: "maskAssetId",
  },
  RATIO_AND_MASK: { input: { ratio: "1:1", hasMask: true }, field: "ratio" },
  STYLE_AND_KEEP: {
    input: { options: { style: "anime", "product-keep": "label-and-logo" } },
    field: "options.product-keep",
    without: /photorealistic/,
  },
  STYLE_AND_PHOTOREALISTIC: {
    input: { options: { style: "anime" }, prompt: "ขอภาพสมจริง" },
    field: "options.style",
    without: /realistic/,
  },
  STYLE_HIDES_RETOUCH: {
    input: { options: { style: "watercolor", skin: "smooth-natural" } },
    field: "options.skin",
  },
  TWO_STYLES: {
    input: { options: { style: "watercolor" }, prompt: "Turn it into an anime drawing" },
    field: "options.style",
    without: /watercolor/,
  },
  KEEP_AND_REMOVE_TEXT: {
    input: { options: { remove: "overlay-text", "product-keep": "label-and-logo" } },
    field: "options.remove",
  },
  KEEP_AND_REQUEST: {
    input: { options: { "product-keep": "label-and-logo" }, prompt: "ลบโลโก้ออก" },
    field: "options.product-keep",
    without: /Above all/,
  },
  HAIR_AND_HAT: {
    input: { options: { hair: "short-bob", accessories: "straw-hat" } },
    field: "options.accessories",
  },
  ID_PHOTO_ITEMS: {
    input: { options: { "portrait-backdrop": "id-blue", accessories: "sunglasses" } },
    field: "options.accessories",
  },
  PERSON_OPTION_WITHOUT_PERSON: {
    input: { options: { skin: "remove-pimples", "product-background": "pure-white" } },
    field: "options.skin",
  },
  REQUEST_AND_OPTION: {
    input: { options: { "portrait-backdrop": "warm-cream" }, prompt: "ทำเป็นกลางคืน" },
    field: "prompt",
  },
  REQUEST_PROTECTS_OPTION: {
    input: { options: { hair: "short-bob" }, prompt: "เปลี่ยนพื้นหลังเป็นทะเล แต่คงทรงผมไว้" },
    field: "options.hair",
  },
  THAI_LETTERING: { input: { prompt: 'เพิ่มข้อความ "ลดราคา" มุมขวาบน' }, field: "prompt" },
  UNKNOWN_WORDS: { input: { prompt: "เพิ่มฟหกดสวงบนโต๊ะ" }, field: "prompt" },
  TOO_MANY_CHANGES: {
    input: {
      options: {
        outfit: "hoodie",
        hair: "short-bob",
        background: "garden",
        skin: "remove-pimples",
        accessories: "pearl-earrings",
      },
    },
    field: null,
  },
  NOTHING_TO_CHANGE: { input: {}, field: null },
} as const satisfies Record<
  WarningCode,
  { input: GoldenInput; field: string | null; without?: RegExp }
>;

test.each(Object.entries(CASES))("%s is told, and what gives way is left out", (code, expected) => {
  const { en, warnings } = compileV2(expected.input);
  expect(warnings.map((warning) => [warning.code, warning.field])).toContainEqual([
    code,
    expected.field,
  ]);
  if ("without" in expected) expect(en).not.toMatch(expected.without);
});

test("every warning has a Thai and an English text without holes, and points to a field of the input", () => {
  const fields = [
    null,
    "prompt",
    "ratio",
    "maskAssetId",
    "extraImageAssetIds",
    ...OPTION_GROUPS.map(({ id }) => `options.${id}`),
  ];
  fc.assert(
    fc.property(anyEdit, (input) => {
      for (const { message, field } of compileV2(input).warnings) {
        expect(message.th).toMatch(/\p{Script=Thai}/u);
        expect(message.th).not.toMatch(/\{[a-z]+\}|ครับ|ค่ะ/u);
        expect(message.en).toMatch(/^[A-Z“0-9]/u);
        expect(message.en).not.toMatch(/\{[a-z]+\}/u);
        expect(fields).toContain(field);
      }
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("no two warnings say the same of one field", () => {
  fc.assert(
    fc.property(anyEdit, (input) => {
      const places = compileV2(input).warnings.map(({ code, field }) => `${code} ${field ?? ""}`);
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 300 * inject("rounds") },
  );
});

test("several pictures nothing is said of are named together", () => {
  const [warning] = compileV2({ options: { light: "warm-tone" }, extraImages: 2 }).warnings;
  expect(warning?.message.th).toContain("รูปที่ 2 และ 3");
  expect(warning?.message.en).toContain("Pictures 2 and 3");
});

test("a warning about a choice names it in the reader's language", () => {
  const [warning] = compileV2({
    options: { background: "cafe", "product-background": "pure-white" },
  }).warnings;
  expect(warning?.message.th).toContain("พื้นหลังขาวล้วน");
  expect(warning?.message.en).toContain("Pure white");
});

test("what a user wrote fills no hole of a message", () => {
  const { warnings } = compileV2({ prompt: "เพิ่มฟหกด{title}ฟหกดบนโต๊ะ" });
  const told = warnings.filter(({ code }) => code === "UNKNOWN_WORDS");
  expect(told).toHaveLength(1);
  expect(told[0]?.message.th.split("{title}").length).toBeLessThanOrEqual(2);
});

test("ordinary edits are not warned about", () => {
  const quiet: GoldenInput[] = [
    { options: { "product-background": "wooden-table", "product-keep": "label-and-logo" } },
    { options: { outfit: "black-suit", "portrait-backdrop": "id-blue" } },
    { options: { outfit: "polo-shirt", "outfit-color": "yellow" } },
    { options: { background: "sea-beach", light: "golden-hour" } },
    { options: { weather: "cherry-blossom", remove: "power-lines" } },
    { options: { room: "boho-rattan", furniture: "rattan-chair" } },
    { options: { remove: "date-stamp", "product-keep": "label-and-logo" } },
    { options: { outfit: "hoodie" }, hasMask: true },
    { options: { background: "blurred", furniture: "gray-sofa" } },
    { options: { background: "blurred", remove: "passers-by" } },
    { ratio: "16:9" },
    { options: { "picture-2": "outfit" }, extraImages: 1 },
  ];
  const warned = quiet.filter((input) => compileV2(input).warnings.length > 0);
  expect(warned).toEqual([]);
});
