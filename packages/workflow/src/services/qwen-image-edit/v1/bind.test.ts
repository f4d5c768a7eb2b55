import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import { checkGraph } from "../../../checker/check-graph.ts";
import type { BindRequest, BoundGraph } from "../../../contract/gpu-service.ts";
import { isGraphLink, type ApiGraph } from "../../../graph/api-graph.ts";
import { graphHash } from "../../../graph/graph-hash.ts";
import { bindQwenImageEdit } from "./bind.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "./contract.ts";
import { resolveQwenImageEditInput } from "./input.ts";
import { planQwenImageEditCanvas } from "./plan-canvas.ts";
import { compileQwenImageEditPrompt } from "./prompt.ts";

const { variants } = QWEN_IMAGE_EDIT_CONTRACT;

function request(o: { hasMask: boolean; change?: Partial<BindRequest> }): BindRequest {
  return {
    mode: "fast",
    seed: 42,
    params: {},
    promptEn: "Make the sky pink.",
    plan: planQwenImageEditCanvas({
      params: {},
      editsPicture: true,
      picture: { width: 4032, height: 3024 },
      maskBounds: o.hasMask ? { x: 10, y: 20, width: 900, height: 700 } : null,
      ratio: "original",
      mode: "fast",
    }),
    files: { images: ["a-1.png"], mask: o.hasMask ? "a-2.png" : null },
    filePrefix: "ob-a",
    ...o.change,
  };
}

describe("the released variants never change", () => {
  test.each([
    ["fast", "2e9dbb834c5487f11c6d662ad009d5d7b250b7f7182d558ae5c7401fa4029090"],
    ["fast-masked", "aa3b5b94a4ce1b565e34be41c7b72fb2fe4cc4d9fbdd51a2d7805502a1fe8f61"],
    ["quality", "c0a0673b59cbab2ea57c03dfe27d016fa215ba26a1bfb620dcc923272b598e24"],
    ["quality-masked", "7570ce2edf66d35c4a1f22d8e13ca2885bda3d517d273c561920c7bc8c917157"],
  ])("%s", (name, hash) => {
    const variant = variants.find((known) => known.name === name);
    expect(variant === undefined ? null : graphHash(variant.graph)).toBe(hash);
  });

  test("there are no others", () => {
    expect(variants).toHaveLength(4);
  });
});

test.each(variants)("ComfyUI accepts $name, in either profile", (variant) => {
  const files = ["picture.png", "mask.png"];
  const good = { valid: true, error: null, node_errors: {} };
  expect(checkGraph(variant.graph, { files })).toEqual(good);
  expect(checkGraph(variant.graph, { files, profile: "comfyui" })).toEqual(good);
});

test.each(variants)("$name runs as its mode says and saves once", (variant) => {
  const mode = QWEN_IMAGE_EDIT_CONTRACT.modes.find(({ id }) => id === variant.mode);
  const nodes = Object.values(variant.graph);
  const sampler = nodes.find((node) => node.class_type === "KSampler");
  expect(sampler?.inputs).toMatchObject({ steps: mode?.steps, cfg: mode?.cfg, denoise: 1 });
  expect(nodes.filter((node) => node.class_type === "SaveImage")).toHaveLength(1);
  const hasLightning = nodes.some((node) => node.class_type === "LoraLoaderModelOnly");
  expect(hasLightning).toBe(variant.mode === "fast");
  expect(nodes.some((node) => node.class_type === "SetLatentNoiseMask")).toBe(variant.hasMask);
});

/** Class and links of each node, and its literals but for the given leaves. */
function skeleton(graph: ApiGraph, bound: ReadonlySet<string>): unknown {
  return Object.entries(graph).map(([id, node]) => [
    id,
    node.class_type,
    node._meta,
    Object.entries(node.inputs).map(([name, value]) => [
      name,
      bound.has(`${id}.${name}`) && !isGraphLink(value) ? "bound" : value,
    ]),
  ]);
}

test("for any input the graph is a named variant in which only bound leaves differ", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(
      fc.record({
        prompt: text,
        mode: fc.constantFrom("fast", "quality"),
        seed: fc.maxSafeNat(),
        hasMask: fc.boolean(),
        width: fc.integer({ min: 64, max: 8000 }),
        height: fc.integer({ min: 64, max: 5000 }),
      }),
      ({ prompt, mode, seed, hasMask, width, height }) => {
        const resolution = resolveQwenImageEditInput({
          prompt,
          mode,
          seed,
          hasMask,
          extraImages: 0,
        });
        fc.pre(resolution.ok);
        if (!resolution.ok) return;
        const bound = bindQwenImageEdit({
          mode,
          seed,
          params: {},
          promptEn: compileQwenImageEditPrompt(resolution.input).en,
          plan: planQwenImageEditCanvas({
            params: {},
            editsPicture: true,
            picture: { width, height },
            maskBounds: hasMask ? { x: 0, y: 0, width: 32, height: 32 } : null,
            ratio: "original",
            mode,
          }),
          files: { images: ["in-1.png"], mask: hasMask ? "in-2.png" : null },
          filePrefix: "out-1",
        });
        const variant = variants.find((known) => known.name === bound.variant);
        const leaves = new Set(
          Object.values(variant?.bindings ?? {}).map(
            (target) => `${target.nodeId}.${target.input}`,
          ),
        );
        expect(variant).toMatchObject({ mode, hasMask });
        expect(skeleton(bound.graph, leaves)).toEqual(skeleton(variant?.graph ?? {}, leaves));
        expect(checkGraph(bound.graph, { files: bound.files }).valid).toBe(true);
      },
    ),
    { numRuns: 500 * inject("rounds") },
  );
});

test("binding leaves the template as it was", () => {
  const before = structuredClone(variants);
  bindQwenImageEdit(request({ hasMask: true }));
  expect(variants).toEqual(before);
});

describe("the graph's hash", () => {
  const hashOf = (change: Partial<BindRequest>): string =>
    bindQwenImageEdit(request({ hasMask: true, change })).graphHash;
  const base = hashOf({});

  test("says what was asked, not under which names", () => {
    expect(hashOf({ files: { images: ["b-1.png"], mask: "b-2.png" }, filePrefix: "ob-b" })).toBe(
      base,
    );
  });

  test("differs with seed, prompt and mode", () => {
    const others = [
      hashOf({ seed: 43 }),
      hashOf({ promptEn: "Other." }),
      hashOf({ mode: "quality" }),
    ];
    expect(new Set([base, ...others]).size).toBe(4);
  });
});

test("the names of input files and the output's prefix stand where ComfyUI reads them", () => {
  const bound: BoundGraph = bindQwenImageEdit(request({ hasMask: true }));
  expect(bound).toMatchObject({
    variant: "fast-masked",
    outputNodeId: "60",
    files: ["a-1.png", "a-2.png"],
    graph: {
      "78": { inputs: { image: "a-1.png" } },
      "201": { inputs: { image: "a-2.png" } },
      "204": { inputs: { expand: 12 } },
      "60": { inputs: { filename_prefix: "ob-a" } },
      "3": { inputs: { seed: 42 } },
    },
  });
});

test.each<[string, Partial<BindRequest>]>([
  ["a path for a file name", { files: { images: ["../a.png"], mask: "m.png" } }],
  ["an empty file name", { files: { images: [""], mask: "m.png" } }],
  ["a mask the plan does not know", { files: { images: ["a.png"], mask: null } }],
  ["a folder in the prefix", { filePrefix: "x/y" }],
  ["a date pattern in the prefix", { filePrefix: "%date%" }],
  ["a negative seed", { seed: -1 }],
  ["a seed beyond 2^53-1", { seed: 2 ** 53 }],
  ["an unknown mode", { mode: "turbo" }],
])("%s is refused", (_what, change) => {
  expect(() => bindQwenImageEdit(request({ hasMask: true, change }))).toThrow(RangeError);
});
