import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import * as z from "zod";

import {
  makeCommandFolder,
  npmRun,
  pathOf,
  recordedPrompt,
  run,
  spawnNode,
  type Answer,
} from "./run-command.ts";

const folder = makeCommandFolder();

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
    const copy = join(folder.path, "copy");
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
    const good = folder.fileOf(recordedPrompt("01-plain-official"));
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
    const careless = folder.fileOf(recordedPrompt("18-nan-string"));
    const args = ["--graph", careless, "--files", "example.png,mask.png"];
    expect(run("contracts:check", args).code).toBe(1);
    expect(run("contracts:check", [...args, "--profile", "comfyui"]).code).toBe(0);
  });

  test("with --object-info the classes, their limits and the input folder are those given", () => {
    const info = folder.fileOf(`{
      "LoadImage": {"input": {"required": {"image": [["sky.png"], {"image_upload": true}]}},
        "output": ["IMAGE", "MASK"], "output_node": false, "name": "LoadImage"},
      "Noisy": {"input": {"required": {"image": ["IMAGE"],
        "seed": ["INT", {"default": 0, "min": 0, "max": 18446744073709551615}]}},
        "output": [], "output_node": true, "name": "Noisy"}}`);
    const graph = (seed: string): string =>
      folder.fileOf(`{"1": {"class_type": "LoadImage", "inputs": {"image": "sky.png"}},
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
    const answer = run("contracts:check", ["--graph", folder.fileOf(text), "--profile", "comfyui"]);
    expect(answer).toMatchObject({ code: 1, document: { valid: false, error: { type } } });
  });

  test.each<[string, string[], RegExp]>([
    ["an unknown flag", ["--grpah", "x.json"], /--grpah/],
    ["a flag without its graph", ["--files", "a.png"], /--graph is missing/],
    ["an unknown profile", ["--graph", "x.json", "--profile", "lax"], /strict or comfyui/],
    ["a file that is not there", ["--graph", join(folder.path, "none.json")], /cannot be read/],
  ])("%s is said on stderr, exit 2", (_what, args, reason) => {
    const { code, document, stderr } = run("contracts:check", args);
    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: "COULD_NOT_RUN" } });
    expect(stderr).toMatch(reason);
  });
});
