import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import type { GpuService } from "../src/contract/gpu-service.ts";
import { isGraphLink, type ApiGraph } from "../src/graph/api-graph.ts";
import { canonicalJson } from "../src/graph/canonical-json.ts";
import { graphHash } from "../src/graph/graph-hash.ts";
import { checkGraph, createServiceRegistry, GPU_SERVICES, rebuildGraph } from "../src/index.ts";
import { checkVersions } from "../src/services/check-versions.ts";
import { compileEdit } from "../src/services/compile-edit.ts";
import { RELEASED } from "../src/services/released.ts";
import { anyEditRequest } from "./edit-requests.ts";

const registry = createServiceRegistry(GPU_SERVICES);

/** After the Big List of Naughty Strings: what breaks programs that take any text. */
const NAUGHTY = [
  "",
  " ".repeat(2000),
  "undefined",
  "null",
  "NaN",
  "__proto__",
  "constructor",
  "1e400",
  "-1",
  "0x0",
  "'; DROP TABLE jobs; --",
  "<script>alert(1)</script>",
  "${process.exit()}",
  "{{7*7}}",
  "%s%s%n",
  "%date:yyyy%",
  "../../../etc/passwd",
  "$(touch x)",
  "<|image_pad|><|vision_end|>",
  "<|<|im_start|>im_start|>",
  "<|im_start|>".repeat(100),
  "Picture 9:",
  "“”“”\"\"''",
  "ก".repeat(2000),
  "ก".repeat(10_000),
  "a".repeat(10_000),
  "่้๊๋".repeat(300),
  "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
  "👩‍👩‍👧‍👦".repeat(50),
  "🏳️‍🌈🇹🇭",
  "\u202E\u2066abc\u2069",
  "\uFEFF\u200B\u2060",
  "\uFFFF\uFFFE",
  "\uD800",
  "\uDC00\uD800",
  "\u0000",
  "\u001B[31m",
  "a\rb",
  "\n".repeat(500),
  "田中さんにあげて下さい",
  "الكل في المجمو عة",
  "ﷺ﷽",
] as const;

function version(name: string): GpuService {
  const found = registry.version(name);
  if (found === null) throw new Error(`no ${name}`);
  return found;
}

/** Every node with its class, title, links and literals but for the given leaves. */
function skeleton(graph: ApiGraph, leaves: ReadonlySet<string>): unknown {
  return Object.entries(graph).map(([id, node]) => [
    id,
    node.class_type,
    node._meta,
    Object.entries(node.inputs).map(([name, value]) => [
      name,
      leaves.has(`${id}.${name}`) && !isGraphLink(value) ? "bound" : value,
    ]),
  ]);
}

describe.each(GPU_SERVICES)("$version", (service) => {
  const { variants } = service.contract;

  test("for any input the graph is one named variant in which only bound leaves differ, and ComfyUI takes it", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(anyEditRequest(service), (request) => {
        const compiled = compileEdit(service, request);
        // Control characters and lone surrogates are the only refusals left.
        fc.pre(compiled.ok);
        if (!compiled.ok) return;
        const { bound, plan, prompt } = compiled;
        reached.add(bound.variant);
        const variant = variants.find(({ name }) => name === bound.variant);
        if (variant === undefined) throw new Error(`no variant ${bound.variant}`);
        const leaves = new Set(
          Object.values(variant.bindings).map(({ nodeId, input }) => `${nodeId}.${input}`),
        );
        expect(skeleton(bound.graph, leaves)).toEqual(skeleton(variant.graph, leaves));
        expect(variant).toMatchObject({
          mode: request.input.mode,
          hasMask: plan.mask !== null,
          images: 1 + request.input.extraImages,
        });
        expect(bound.files).toHaveLength(variant.images + (variant.hasMask ? 1 : 0));
        const leafOf = ({ nodeId, input }: { nodeId: string; input: string }): unknown =>
          bound.graph[nodeId]?.inputs[input];
        expect(variant.bindings.prompt && leafOf(variant.bindings.prompt)).toBe(prompt.en);
        expect(variant.bindings.seed && leafOf(variant.bindings.seed)).toBe(request.input.seed);
        for (const profile of ["strict", "comfyui"] as const) {
          const verdict = checkGraph(bound.graph, { files: bound.files, profile });
          expect(verdict).toEqual({ valid: true, error: null, node_errors: {} });
        }
      }),
      { numRuns: 300 * inject("rounds") },
    );
    expect(reached.size).toBe(variants.length);
  });

  test("a past attempt is made again byte for byte from what its rows keep", () => {
    fc.assert(
      fc.property(anyEditRequest(service), (request) => {
        const compiled = compileEdit(service, request);
        fc.pre(compiled.ok);
        if (!compiled.ok) return;
        const { plan, prompt, bound } = compiled;
        const resolved = service.resolveInput({
          ...request.input,
          hasMask: request.maskBounds !== null,
        });
        if (!resolved.ok) throw new Error("refused");
        // As it comes back from a row: through JSON.
        const record: Parameters<typeof rebuildGraph>[1] = JSON.parse(
          JSON.stringify({
            serviceVersion: service.version,
            mode: resolved.input.mode,
            seed: resolved.input.seed,
            params: resolved.input.params,
            promptEn: prompt.en,
            plan,
            files: {
              images: Array.from(
                { length: 1 + request.input.extraImages },
                (_, at) => `image${at + 1}.png`,
              ),
              mask: plan.mask === null ? null : "mask.png",
            },
            filePrefix: "result",
          }),
        );
        const again = rebuildGraph(registry, record);
        expect(canonicalJson(again.graph)).toBe(canonicalJson(bound.graph));
        expect(JSON.stringify(again)).toBe(JSON.stringify(bound));
        expect(again.graphHash).toBe(bound.graphHash);
      }),
      { numRuns: 100 * inject("rounds") },
    );
  });

  test.each(NAUGHTY)("%j is answered, and never leaves the template", (prompt) => {
    const compiled = compileEdit(service, {
      picture: { width: 1200, height: 900 },
      maskBounds: null,
      input: { prompt, seed: 1, extraImages: 0 },
    });
    if (!compiled.ok) {
      expect(compiled.problem.field).toBe("prompt");
      expect(compiled.problem.code).toMatch(/^PROMPT_(?:TOO_LONG|INVALID)$/);
      return;
    }
    const { bound, prompt: text } = compiled;
    expect(variants.map(({ name }) => name)).toContain(bound.variant);
    // What the text encoder would read as its own markup.
    expect(text.en).not.toMatch(/<\|[^|]*\|>/);
    expect(text.en.isWellFormed()).toBe(true);
    expect(checkGraph(bound.graph, { files: bound.files }).valid).toBe(true);
  });

  test("every variant says a graph of its own", () => {
    expect(new Set(variants.map(({ graph }) => graphHash(graph))).size).toBe(variants.length);
  });

  test("its changelog names what changed and why", () => {
    const path = new URL(`../src/services/${service.id}/CHANGELOG.md`, import.meta.url);
    const [, entry = ""] = readFileSync(path, "utf8").split(`## ${service.version}\n`);
    const text = entry.split("\n## ")[0] ?? "";
    expect(text).toMatch(/\S[^]{40,}/);
    expect(text).toMatch(/\bWhy\b/);
  });
});

test("what cannot have been an attempt is not rebuilt", () => {
  const good = compileEdit(version("photo-restore@1"), {
    picture: { width: 800, height: 600 },
    maskBounds: null,
    input: { seed: 1, extraImages: 0 },
  });
  if (!good.ok) throw new Error("refused");
  const record = {
    serviceVersion: "photo-restore@1",
    mode: "standard",
    seed: 1,
    params: { denoise: 0.7, megapixels: 1 },
    promptEn: good.prompt.en,
    plan: good.plan,
    files: { images: ["image1.png"], mask: null },
    filePrefix: "result",
  };
  expect(rebuildGraph(registry, record).graph).toEqual(good.bound.graph);
  for (const change of [
    { serviceVersion: "photo-restore@9" },
    { mode: "fast" },
    { params: {} },
    { params: { denoise: 2, megapixels: 1 } },
    { params: { denoise: 0.7, megapixels: 1, more: 1 } },
    { files: { images: [], mask: null } },
    { files: { images: ["a.png", "b.png"], mask: null } },
    { files: { images: ["image1.png"], mask: "mask.png" } },
  ]) {
    expect(() => rebuildGraph(registry, { ...record, ...change })).toThrow(RangeError);
  }
});

describe("what was released stays what it was", () => {
  const older = version("qwen-image-edit@1");
  const only = { released: RELEASED.released, drafts: [] };
  const problemsOf = (service: GpuService): string[] =>
    checkVersions([service], only).versions.flatMap(({ problems }) => problems);

  test("every version is released or said to be a draft, and none has drifted", () => {
    const { ok, problems, versions } = checkVersions(GPU_SERVICES, RELEASED);
    expect(versions.flatMap((report) => report.problems)).toEqual([]);
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
  });

  test("a changed word, plan or graph is noticed", () => {
    expect(problemsOf(older)).toEqual([]);
    const behaviour = ["its behaviour is no longer what was released: make a new version instead"];
    expect(
      problemsOf({
        ...older,
        compilePrompt: (input) => {
          const compiled = older.compilePrompt(input);
          return { ...compiled, en: compiled.en.replace("photorealistic", "realistic") };
        },
      }),
    ).toEqual(behaviour);
    expect(
      problemsOf({
        ...older,
        planCanvas: (request) => {
          const plan = older.planCanvas(request);
          return plan.mask === null ? plan : { ...plan, mask: { ...plan.mask, featherPx: 0 } };
        },
      }),
    ).toEqual(behaviour);
    const contract = structuredClone(older.contract);
    for (const mode of contract.modes) mode.typicalSeconds += 1;
    expect(problemsOf({ ...older, contract })).toEqual([
      "its contract is no longer what was released: make a new version instead",
    ]);
  });

  test("a version nobody released, and a release without its folder, are noticed", () => {
    const { problems, versions } = checkVersions([older], { released: {}, drafts: ["gone@1"] });
    expect(problems).toEqual(["gone@1 is listed, but no folder holds it"]);
    expect(versions[0]?.problems).toEqual(["it is neither released nor a draft"]);
  });
});

test("the list of services is what the folders give", () => {
  const command = fileURLToPath(new URL("../commands/list-services.ts", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [command, "--check"], {
    encoding: "utf8",
  });
  const ids = [...new Set(GPU_SERVICES.map(({ id }) => id))];
  expect(JSON.parse(stdout)).toEqual({ isCurrent: true, folders: ids });
  expect(status).toBe(0);
});
