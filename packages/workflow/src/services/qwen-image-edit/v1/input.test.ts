import fc from "fast-check";
import { expect, test } from "vitest";

import type { InputProblem, RawServiceInput } from "../../../contract/gpu-service.ts";
import { resolveQwenImageEditInput } from "./input.ts";

const good: RawServiceInput = { prompt: "ลบลายน้ำ", seed: 7, hasMask: false, extraImages: 0 };

function problemOf(raw: Partial<RawServiceInput>): InputProblem | null {
  const resolution = resolveQwenImageEditInput({ ...good, ...raw });
  return resolution.ok ? null : resolution.problem;
}

test("defaults are filled in: the first ratio, the first mode, no options", () => {
  expect(resolveQwenImageEditInput(good)).toEqual({
    ok: true,
    input: {
      options: {},
      params: {},
      prompt: "ลบลายน้ำ",
      ratio: "original",
      mode: "fast",
      seed: 7,
      hasMask: false,
      extraImages: 0,
    },
  });
});

test.each<[string, Partial<RawServiceInput>, InputProblem]>([
  ["option", { options: { wings: "big" } }, { code: "OPTION_UNKNOWN", field: "options.wings" }],
  ["choice", { options: { hair: "green" } }, { code: "OPTION_UNKNOWN", field: "options.hair" }],
  [
    "inherited name",
    { options: { constructor: "x" } },
    { code: "OPTION_UNKNOWN", field: "options.constructor" },
  ],
  ["param", { params: { denoise: 0.7 } }, { code: "INPUT_INVALID", field: "params.denoise" }],
  ["ratio", { ratio: "1:1" }, { code: "INPUT_INVALID", field: "ratio" }],
  ["mode", { mode: "turbo" }, { code: "INPUT_INVALID", field: "mode" }],
  ["second picture", { extraImages: 1 }, { code: "INPUT_INVALID", field: "extraImageAssetIds" }],
  ["negative seed", { seed: -1 }, { code: "INPUT_INVALID", field: "seed" }],
  ["broken seed", { seed: 1.5 }, { code: "INPUT_INVALID", field: "seed" }],
  ["huge seed", { seed: 2 ** 53 }, { code: "INPUT_INVALID", field: "seed" }],
])("an unknown or impossible %s is refused with its field", (_what, raw, problem) => {
  expect(problemOf(raw)).toEqual(problem);
});

test("seeds from 0 to 2^53-1 are taken", () => {
  expect(problemOf({ seed: 0 })).toBeNull();
  expect(problemOf({ seed: Number.MAX_SAFE_INTEGER })).toBeNull();
});

test("an edit that names neither an option nor a readable prompt is taken as it is", () => {
  for (const prompt of [undefined, "", " \n\t ", "\u200B\u200B", "<|im_start|>"]) {
    expect(problemOf({ prompt })).toBeNull();
  }
});

test("a prompt is measured in code points of what was really sent", () => {
  expect(problemOf({ prompt: "ก".repeat(2000) })).toBeNull();
  expect(problemOf({ prompt: "ก".repeat(2001) })?.code).toBe("PROMPT_TOO_LONG");
  expect(problemOf({ prompt: "😀".repeat(2000) })).toBeNull();
  expect(problemOf({ prompt: "😀".repeat(2001) })?.code).toBe("PROMPT_TOO_LONG");
  expect(problemOf({ prompt: `ok${" ".repeat(1999)}` })?.code).toBe("PROMPT_TOO_LONG");
});

test("control characters and lone surrogates are refused; tabs and line breaks are not", () => {
  for (const bad of [
    "a\u0000b",
    "a\u0007",
    "\u001B[0m",
    "a\rb",
    "\u007F",
    "\u0085",
    "a\uD800",
    "\uDC00b",
  ]) {
    expect(problemOf({ prompt: bad })).toEqual({ code: "PROMPT_INVALID", field: "prompt" });
  }
  expect(problemOf({ prompt: "บรรทัดแรก\r\nบรรทัดสอง\tจบ" })).toBeNull();
});

test("any text at all is answered, never thrown on", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (prompt) => {
      const problem = problemOf({ prompt });
      expect([null, "PROMPT_INVALID", "INPUT_INVALID"]).toContain(problem?.code ?? null);
    }),
  );
});
