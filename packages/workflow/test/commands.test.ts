import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What `npm run <name>` starts, and what that starts once the clone is prepared. */
const DOOR = [pathOf("../../../scripts/run.mjs")] as const;
const COMMANDS = {
  "contracts:check": ["--conditions=ob-source", pathOf("../commands/check-contracts.ts")],
  "workflow:compile": ["--conditions=ob-source", pathOf("../commands/compile-workflow.ts")],
} as const;

const folder = mkdtempSync(join(tmpdir(), "ob-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  code: number | null;
  document: unknown;
  stderr: string;
}

/** Runs a command; its stdout is one JSON document, whatever happens. */
function run(name: keyof typeof COMMANDS, args: readonly string[], stdin = ""): Answer {
  return spawnNode([...COMMANDS[name], ...args], stdin);
}

/** The same as `npm run <name> -- …args`. */
function npmRun(name: keyof typeof COMMANDS, args: readonly string[]): Answer {
  return spawnNode([...DOOR, name, ...args], "");
}

function spawnNode(args: readonly string[], input: string): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const document: unknown = JSON.parse(stdout);
  return { code: status, document, stderr };
}

let written = 0;

function fileOf(text: string): string {
  written += 1;
  const path = join(folder, `${written}.json`);
  writeFileSync(path, text);
  return path;
}

/** A prompt of the recorded cases, as text. */
function recordedPrompt(name: string): string {
  const text = readFileSync(new URL(`./comfyui-cases/${name}.json`, import.meta.url), "utf8");
  return JSON.stringify(z.object({ prompt: z.unknown() }).parse(JSON.parse(text)).prompt);
}

describe("contracts:check", () => {
  test("every variant of every version is sound, and the answer counts them", () => {
    const { code, document } = npmRun("contracts:check", []);
    const { ok, versions } = z
      .looseObject({
        ok: z.boolean(),
        versions: z.array(
          z.looseObject({
            version: z.string(),
            problems: z.array(z.string()),
            variants: z.array(z.looseObject({ ok: z.boolean() })),
          }),
        ),
      })
      .parse(document);
    expect(versions.flatMap(({ problems }) => problems)).toEqual([]);
    expect(code).toBe(0);
    expect(ok).toBe(true);
    expect(versions.map(({ version, variants }) => [version, variants.length])).toEqual([
      ["qwen-image-edit@1", 4],
      ["qwen-image-edit@2", 18],
      ["photo-restore@1", 1],
    ]);
  });

  test("a contract that contradicts itself is the answer no, and its file is named", () => {
    const copy = join(folder, "copy");
    for (const part of ["src", "commands", "package.json"]) {
      cpSync(pathOf(`../${part}`), join(copy, part), { recursive: true });
    }
    symlinkSync(pathOf("../node_modules"), join(copy, "node_modules"));
    const contract = join(copy, "src/services/photo-restore/v1/contract.ts");
    const text = readFileSync(contract, "utf8");
    writeFileSync(contract, text.replace("default: DEFAULTS.denoise", "default: 2"));
    const { code, document, stderr } = spawnNode(
      ["--conditions=ob-source", join(copy, "commands/check-contracts.ts")],
      "",
    );
    expect(code).toBe(1);
    expect(document).toMatchObject({
      ok: false,
      problems: ['param "denoise": the default leaves min..max'],
    });
    expect(stderr).toContain("photo-restore/v1/contract.ts");
  });

  test("one graph gets ComfyUI's verdict; exit 0 when valid, 1 when not", () => {
    const good = fileOf(recordedPrompt("01-plain-official"));
    const files = ["--files", "example.png,mask.png"];
    expect(run("contracts:check", ["--graph", good, ...files])).toMatchObject({
      code: 0,
      document: { valid: true, error: null, node_errors: {} },
    });
    expect(run("contracts:check", ["--graph", good])).toMatchObject({
      code: 1,
      document: { valid: false, error: { type: "prompt_outputs_failed_validation" } },
    });
  });

  test("--profile comfyui accepts what ComfyUI carelessly accepts", () => {
    const careless = fileOf(recordedPrompt("18-nan-string"));
    const args = ["--graph", careless, "--files", "example.png,mask.png"];
    expect(run("contracts:check", args).code).toBe(1);
    expect(run("contracts:check", [...args, "--profile", "comfyui"]).code).toBe(0);
  });

  test("with --object-info the classes, their limits and the input folder are those given", () => {
    const info = fileOf(`{
      "LoadImage": {"input": {"required": {"image": [["sky.png"], {"image_upload": true}]}},
        "output": ["IMAGE", "MASK"], "output_node": false, "name": "LoadImage"},
      "Noisy": {"input": {"required": {"image": ["IMAGE"],
        "seed": ["INT", {"default": 0, "min": 0, "max": 18446744073709551615}]}},
        "output": [], "output_node": true, "name": "Noisy"}}`);
    const graph = (seed: string): string =>
      fileOf(`{"1": {"class_type": "LoadImage", "inputs": {"image": "sky.png"}},
        "2": {"class_type": "Noisy", "inputs": {"image": ["1", 0], "seed": ${seed}}}}`);
    const check = (seed: string): Answer =>
      run("contracts:check", ["--graph", graph(seed), "--object-info", info]);
    expect(check("18446744073709551615")).toMatchObject({ code: 0, document: { valid: true } });
    expect(check("18446744073709551616")).toMatchObject({
      code: 1,
      document: { node_errors: { "2": { errors: [{ type: "value_bigger_than_max" }] } } },
    });
  });

  test.each<[string, string, string]>([
    ["bad JSON", "{", "invalid_graph"],
    ["nothing", "", "invalid_graph"],
    ["100,000 levels", "[".repeat(100_000), "invalid_graph"],
    ["a node twice", '{"1":{"class_type":"A","inputs":{}},"1":{}}', "invalid_graph"],
    ["a list", "[]", "invalid_graph"],
    ["a UI graph", '{"nodes":[],"links":[],"version":0.4}', "invalid_graph"],
    ["an empty graph", "{}", "prompt_no_outputs"],
    ["an unknown class", '{"1":{"class_type":"Nope","inputs":{}}}', "missing_node_type"],
    [
      "a prototype",
      '{"__proto__":{"class_type":"SaveImage","inputs":{"images":["toString",0]}}}',
      "prompt_outputs_failed_validation",
    ],
    [
      "a cycle",
      '{"1":{"class_type":"ImageInvert","inputs":{"image":["1",0]}},"2":{"class_type":"PreviewImage","inputs":{"images":["1",0]}}}',
      "prompt_outputs_failed_validation",
    ],
    [
      "1e400",
      '{"1":{"class_type":"EmptyImage","inputs":{"width":1e400,"height":1,"batch_size":1,"color":0}},"2":{"class_type":"PreviewImage","inputs":{"images":["1",0]}}}',
      "prompt_outputs_failed_validation",
    ],
  ])("%s gets a closed error, never a crash", (_what, text, type) => {
    const answer = run("contracts:check", ["--graph", fileOf(text), "--profile", "comfyui"]);
    expect(answer).toMatchObject({ code: 1, document: { valid: false, error: { type } } });
  });

  test.each<[string, string[], RegExp]>([
    ["an unknown flag", ["--grpah", "x.json"], /--grpah/],
    ["a flag without its graph", ["--files", "a.png"], /--graph is missing/],
    ["an unknown profile", ["--graph", "x.json", "--profile", "lax"], /strict or comfyui/],
    ["a file that is not there", ["--graph", join(folder, "none.json")], /cannot be read/],
  ])("%s is said on stderr, exit 2", (_what, args, reason) => {
    const { code, document, stderr } = run("contracts:check", args);
    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: "COULD_NOT_RUN" } });
    expect(stderr).toMatch(reason);
  });
});

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
    const { code, document } = npmRun("workflow:compile", [fileOf(JSON.stringify(EDIT))]);
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
    const args = ["--graph", fileOf(JSON.stringify(graph)), "--files", files.join(",")];
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

  test.each([[[]], [["a.json", "b.json"]], [["--fast"]], [[join(folder, "none.json")]]])(
    "arguments %j cannot be run: exit 2",
    (args) => {
      const { code, stderr } = run("workflow:compile", args);
      expect(code).toBe(2);
      expect(stderr).not.toBe("");
    },
  );
});
