import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { GPU_SERVICES } from "../services/gpu-services.ts";
import type { GpuService, InputProblem } from "./gpu-service.ts";

function service(version: string): GpuService {
  const found = GPU_SERVICES.find((known) => known.version === version);
  if (found === undefined) throw new Error(`no ${version}`);
  return found;
}

const edit = service("qwen-image-edit@2");
const restore = service("photo-restore@1");
const good = { seed: 7, hasMask: false, extraImages: 0 };

function problemOf(of: GpuService, raw: object): InputProblem | null {
  const resolution = of.resolveInput({ ...good, ...raw });
  return resolution.ok ? null : resolution.problem;
}

test("params take their defaults one by one", () => {
  const resolution = restore.resolveInput({ ...good, params: { megapixels: 1.5 } });
  expect(resolution).toMatchObject({
    ok: true,
    input: { params: { denoise: 0.7, megapixels: 1.5 }, mode: "standard", ratio: "original" },
  });
});

test.each<[string, GpuService, object, InputProblem]>([
  ["a value below the range", restore, { params: { denoise: 0 } }, inputInvalid("params.denoise")],
  ["a value above it", restore, { params: { denoise: 1.05 } }, inputInvalid("params.denoise")],
  ["a value off its step", restore, { params: { denoise: 0.72 } }, inputInvalid("params.denoise")],
  [
    "a value that is no number",
    restore,
    { params: { denoise: NaN } },
    inputInvalid("params.denoise"),
  ],
  [
    "a param of another service",
    edit,
    { params: { denoise: 0.7 } },
    inputInvalid("params.denoise"),
  ],
  ["a mask where none is taken", restore, { hasMask: true }, inputInvalid("maskAssetId")],
  [
    "a second picture where one is taken",
    restore,
    { extraImages: 1 },
    inputInvalid("extraImageAssetIds"),
  ],
  ["a fourth picture", edit, { extraImages: 3 }, inputInvalid("extraImageAssetIds")],
  ["a ratio nobody offers", edit, { ratio: "2:1" }, inputInvalid("ratio")],
  [
    "a choice of another group",
    edit,
    { options: { outfit: "studio-softbox" } },
    unknown("options.outfit"),
  ],
  ["an inherited option", edit, { options: { toString: "x" } }, unknown("options.toString")],
  [
    "an own __proto__",
    edit,
    { options: JSON.parse('{"__proto__":"x"}') },
    unknown("options.__proto__"),
  ],
  ["options that are a list", edit, { options: ["x"] }, inputInvalid("options")],
  ["a field nobody knows", edit, { wings: 2 }, inputInvalid("wings")],
  ["a __proto__ of its own", edit, JSON.parse('{"__proto__":{}}'), inputInvalid("__proto__")],
])("%s is refused with its field", (_what, of, raw, problem) => {
  expect(problemOf(of, raw)).toEqual(problem);
});

function inputInvalid(field: string): InputProblem {
  return { code: "INPUT_INVALID", field };
}

function unknown(field: string): InputProblem {
  return { code: "OPTION_UNKNOWN", field };
}

test("every step of every param is taken, as binary fractions have it", () => {
  for (const { id, min, max, step } of restore.contract.params) {
    for (let at = 0; min + at * step <= max + 1e-9; at += 1) {
      expect(problemOf(restore, { params: { [id]: min + at * step } })).toBeNull();
      const written = Number((min + at * step).toFixed(4));
      expect(problemOf(restore, { params: { [id]: written } })).toBeNull();
    }
  }
});

test("what users could ask of @1 can still be asked of @2", () => {
  const older = service("qwen-image-edit@1").contract;
  for (const { id, choices } of older.options) {
    for (const choice of choices) {
      expect(problemOf(edit, { options: { [id]: choice.id } }), `${id}: ${choice.id}`).toBeNull();
    }
  }
  for (const mode of older.modes) expect(problemOf(edit, { mode: mode.id })).toBeNull();
  for (const ratio of older.ratios) expect(problemOf(edit, { ratio })).toBeNull();
});

test("any JSON at all is answered, never thrown on", () => {
  fc.assert(
    fc.property(fc.constantFrom(...GPU_SERVICES), fc.jsonValue(), (of, value) => {
      for (const field of ["options", "params", "prompt", "ratio", "mode", "seed", "extraImages"]) {
        const problem = problemOf(of, { [field]: value });
        if (problem !== null)
          expect(problem.field.split(".")[0]).toMatch(
            /^(?:extraImageAssetIds|options|params|prompt|ratio|mode|seed)$/,
          );
      }
    }),
    { numRuns: 200 * inject("rounds") },
  );
});
