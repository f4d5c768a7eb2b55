import { join } from "node:path";

import { describe, expect, test } from "vitest";
import * as z from "zod";

import { makeCommandFolder, npmRun, run } from "./run-command.ts";

const folder = makeCommandFolder();
const EDIT = {
  service: "qwen-image-edit",
  picture: { width: 4032, height: 3024 },
  mask: { bounds: { x: 100, y: 200, width: 900, height: 700 } },
  input: {
    mode: "aligned",
    prompt: "Make the sky pink.",
    ratio: "original",
    seed: 9007199254740991,
  },
};

describe("workflow:compile", () => {
  test("an edit becomes its version, variant, plan, instruction and graph, which ComfyUI takes", () => {
    const { code, document } = npmRun("workflow:compile", [folder.fileOf(JSON.stringify(EDIT))]);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      serviceVersion: "qwen-image-edit@2",
      variant: "aligned-masked",
      plan: { source: EDIT.picture, output: EDIT.picture },
      prompt: { en: expect.stringMatching(/^Make the sky pink\./), th: expect.any(String) },
      warnings: expect.any(Array),
      graph: { "3": { inputs: { seed: 9007199254740991 } } },
      files: ["image1.png", "mask.png"],
    });
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(document))).toEqual([
      "serviceVersion",
      "variant",
      "plan",
      "prompt",
      "warnings",
      "graph",
      "files",
    ]);
    const { graph, files } = z
      .looseObject({ graph: z.unknown(), files: z.array(z.string()) })
      .parse(document);
    const args = ["--graph", folder.fileOf(JSON.stringify(graph)), "--files", files.join(",")];
    expect(run("contracts:check", args).code).toBe(0);
  });

  test("stdin is read for -, defaults are filled in, and the same input gives the same text", () => {
    const input = JSON.stringify({
      service: "photo-restore@1",
      picture: { width: 900, height: 600 },
    });
    const answer = run("workflow:compile", ["-"], input);
    expect(answer).toMatchObject({
      code: 0,
      document: {
        serviceVersion: "photo-restore@1",
        graph: { "3": { inputs: { denoise: 0.7 } }, "390": { inputs: { megapixels: 1 } } },
        files: ["image1.png"],
      },
    });
    expect(run("workflow:compile", ["-"], input)).toEqual(answer);
  });

  test.each([{ extraImages: 2 }, { imageAssetId: "a", extraImageAssetIds: ["b", "c"] }])(
    "%j means three pictures",
    (pictures) => {
      const input = { ...EDIT, mask: null, input: { mode: "aligned", ...pictures } };
      expect(run("workflow:compile", ["-"], JSON.stringify(input))).toMatchObject({
        code: 0,
        document: {
          variant: "aligned-3-pictures",
          files: ["image1.png", "image2.png", "image3.png"],
        },
      });
    },
  );

  test("a released version can still be compiled by its name", () => {
    const input = { ...EDIT, service: "qwen-image-edit@1", input: { prompt: "Add a cat." } };
    expect(run("workflow:compile", ["-"], JSON.stringify(input)).document).toMatchObject({
      serviceVersion: "qwen-image-edit@1",
      variant: "fast-masked",
    });
  });

  test.each<[string, object | string, { code: string; field: string | null }]>([
    ["bad JSON", "{", { code: "INPUT_INVALID", field: null }],
    ["a field twice", '{"service":"a","service":"b"}', { code: "INPUT_INVALID", field: null }],
    ["an unknown service", { service: "x" }, { code: "SERVICE_UNKNOWN", field: "service" }],
    [
      "an inherited service",
      { service: "constructor" },
      { code: "SERVICE_UNKNOWN", field: "service" },
    ],
    ["no picture", { picture: undefined }, { code: "INPUT_INVALID", field: "picture" }],
    [
      "a picture of nothing",
      { picture: { width: 0, height: 9 } },
      { code: "INPUT_INVALID", field: "picture" },
    ],
    [
      "more than 40 MP",
      { picture: { width: 8000, height: 5001 } },
      { code: "INPUT_INVALID", field: "picture" },
    ],
    [
      "a mask outside",
      { mask: { bounds: { x: 4000, y: 0, width: 33, height: 1 } } },
      { code: "INPUT_INVALID", field: "mask.bounds" },
    ],
    [
      "an unknown field",
      { input: { strength: 2 } },
      { code: "INPUT_INVALID", field: "input.strength" },
    ],
    [
      "an unknown option",
      { input: { options: { wings: "big" } } },
      { code: "OPTION_UNKNOWN", field: "input.options.wings" },
    ],
    [
      "an option __proto__",
      JSON.stringify(EDIT).replace('"input":{', '"input":{"options":{"__proto__":"big"},'),
      { code: "INPUT_INVALID", field: "input.options.__proto__" },
    ],
    [
      "a fourth picture",
      { input: { extraImages: 3 } },
      { code: "INPUT_INVALID", field: "input.extraImages" },
    ],
    [
      "an unknown mode",
      { input: { mode: "turbo" } },
      { code: "INPUT_INVALID", field: "input.mode" },
    ],
    [
      "an unknown ratio",
      { input: { ratio: "2:1" } },
      { code: "INPUT_INVALID", field: "input.ratio" },
    ],
    [
      "a seed beyond 2^53-1",
      JSON.stringify(EDIT).replace("9007199254740991", "18446744073709551615"),
      { code: "INPUT_INVALID", field: "input.seed" },
    ],
    [
      "a seed of 1e400",
      JSON.stringify(EDIT).replace("9007199254740991", "1e400"),
      { code: "INPUT_INVALID", field: "input.seed" },
    ],
    [
      "a prompt of 2,001 letters",
      { input: { prompt: "ก".repeat(2001) } },
      { code: "PROMPT_TOO_LONG", field: "input.prompt" },
    ],
    [
      "a bell in the prompt",
      { input: { prompt: "\u0007" } },
      { code: "PROMPT_INVALID", field: "input.prompt" },
    ],
    [
      "a mask where none is taken",
      { service: "photo-restore", input: {} },
      { code: "INPUT_INVALID", field: "mask" },
    ],
  ])("%s is a closed error with its field, exit 1", (_what, change, error) => {
    const text = typeof change === "string" ? change : JSON.stringify({ ...EDIT, ...change });
    const { code, document } = run("workflow:compile", ["-"], text);
    expect(code).toBe(1);
    expect(document).toMatchObject({
      error: {
        ...error,
        message: { th: expect.stringMatching(/\p{Script=Thai}/u), en: expect.any(String) },
      },
    });
  });

  test.each([[[]], [["a.json", "b.json"]], [["--fast"]], [[join(folder.path, "none.json")]]])(
    "arguments %j cannot be run: exit 2",
    (args) => {
      const { code, stderr } = run("workflow:compile", args);
      expect(code).toBe(2);
      expect(stderr).not.toBe("");
    },
  );
});
