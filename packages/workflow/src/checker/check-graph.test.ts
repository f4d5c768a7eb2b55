import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";

import type { ApiGraph, ApiNode } from "../graph/api-graph.ts";
import { parseGraphJson } from "../graph/parse-graph-json.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "../services/qwen-image-edit/v1/contract.ts";
import { checkGraph } from "./check-graph.ts";
import type { CheckProfile } from "./check-profile.ts";
import type { GraphVerdict } from "./graph-verdict.ts";

const FILES = ["picture.png", "mask.png"];

function maskedGraph(): ApiGraph {
  const variant = QWEN_IMAGE_EDIT_CONTRACT.variants.find(({ name }) => name === "fast-masked");
  if (variant === undefined) throw new Error("no such variant");
  return structuredClone(variant.graph);
}

function nodeOf(graph: ApiGraph, id: string): ApiNode {
  const node = graph[id];
  if (node === undefined) throw new Error(`no node ${id}`);
  return node;
}

/** The verdict on our own graph after one leaf of it was set; `undefined` removes it. */
function verdictAfter(
  id: string,
  input: string,
  value: unknown,
  profile: CheckProfile = "comfyui",
): GraphVerdict {
  const graph = maskedGraph();
  const { inputs } = nodeOf(graph, id);
  if (value === undefined) delete inputs[input];
  else inputs[input] = value;
  return checkGraph(graph, { files: FILES, profile });
}

/** `"<node> <type> <input>"` for every error. */
function errorsOf(verdict: GraphVerdict): string[] {
  return Object.entries(verdict.node_errors).flatMap(([id, node]) =>
    node.errors.map((error) => `${id} ${error.type} ${String(error.extra_info["input_name"])}`),
  );
}

describe("one mutation of our graph, one verdict, in both profiles", () => {
  test.each<[string, string, unknown, string]>([
    ["3", "denoise", undefined, "3 required_input_missing denoise"],
    ["3", "model", ["39", 0], "3 return_type_mismatch model"],
    ["37", "unet_name", "other.safetensors", "37 value_not_in_list unet_name"],
    ["89", "lora_name", "other.safetensors", "89 value_not_in_list lora_name"],
    ["3", "steps", [1], "3 bad_linked_input steps"],
    ["3", "steps", 0, "3 value_smaller_than_min steps"],
    ["3", "cfg", 100.5, "3 value_bigger_than_max cfg"],
    ["3", "seed", "x", "3 invalid_input_type seed"],
    ["78", "image", "lost.png", "78 custom_validation_failed image"],
    ["8", "samples", ["999", 0], "8 exception_during_inner_validation images"],
    ["88", "pixels", ["78", 7], "88 exception_during_inner_validation samples"],
    ["60", "images", ["999", 0], "60 exception_during_validation undefined"],
    ["78", "image", undefined, "78 exception_during_inner_validation"],
    ["78", "image", 5, "78 exception_during_inner_validation"],
  ])("%s.%s = %j", (id, input, value, expected) => {
    for (const profile of ["comfyui", "strict"] as const) {
      const verdict = verdictAfter(id, input, value, profile);
      expect(verdict.valid).toBe(false);
      expect(verdict.error?.type).toBe("prompt_outputs_failed_validation");
      expect(errorsOf(verdict).join("; ")).toContain(expected);
    }
  });
});

test("an exception at the output node itself stands in the top-level details", () => {
  expect(verdictAfter("60", "images", ["999", 0]).error).toEqual({
    type: "prompt_outputs_failed_validation",
    message: "Prompt outputs failed validation",
    details: "Exception when validating node: '999'",
    extra_info: {},
  });
});

test("a class that is not installed is refused before anything else", () => {
  const graph = maskedGraph();
  nodeOf(graph, "75").class_type = "Constructor";
  nodeOf(graph, "3").inputs = {};
  expect(checkGraph(graph, { files: FILES })).toEqual({
    valid: false,
    error: {
      type: "missing_node_type",
      message: "Node 'CFGNorm' not found. The custom node may not be installed.",
      details: "Node ID '#75'",
      extra_info: { node_id: "75", class_type: "Constructor", node_title: "CFGNorm" },
    },
    node_errors: {},
  });
});

test("a graph without an output node has nothing to run", () => {
  const graph = maskedGraph();
  delete graph["60"];
  expect(checkGraph(graph, { files: FILES }).error?.type).toBe("prompt_no_outputs");
});

test("a cycle is refused without a word about its nodes, but their own faults are named", () => {
  expect(verdictAfter("88", "pixels", ["8", 0])).toMatchObject({ valid: false, node_errors: {} });
  const graph = maskedGraph();
  nodeOf(graph, "88").inputs["pixels"] = ["8", 0];
  delete nodeOf(graph, "3").inputs["cfg"];
  expect(errorsOf(checkGraph(graph, { files: FILES, profile: "comfyui" }))).toEqual([
    "3 required_input_missing cfg",
  ]);
});

test("one good output is enough for ComfyUI, not for us", () => {
  const graph = maskedGraph();
  graph["61"] = { class_type: "SaveImage", inputs: { images: ["8", 0] } };
  expect(checkGraph(graph, { files: FILES, profile: "comfyui" })).toMatchObject({
    valid: true,
    error: null,
    node_errors: { "61": { dependent_outputs: ["61"] } },
  });
  expect(checkGraph(graph, { files: FILES, profile: "strict" }).valid).toBe(false);
});

test.each<[string, string, string, unknown]>([
  ["a literal where a link is required", "3", "model", "37"],
  ["null where a link is required", "8", "vae", null],
  ["slot -1", "66", "model", ["89", -1]],
  ["'nan' for a FLOAT", "3", "cfg", "nan"],
  ["'2_0' for an INT", "3", "steps", "2_0"],
  ["null for a STRING", "110", "prompt", null],
  ["'false' for a BOOLEAN", "204", "tapered_corners", "false"],
  ["a value off its step", "3", "denoise", 0.123],
  ["an empty file name", "78", "image", ""],
  ["a path out of the input folder", "78", "image", "../input/mask.png"],
  ["an absolute path", "78", "image", "/etc/passwd"],
])("ComfyUI accepts %s; the strict profile does not", (_what, id, input, value) => {
  expect(verdictAfter(id, input, value, "comfyui").valid).toBe(true);
  expect(verdictAfter(id, input, value, "strict").valid).toBe(false);
});

test("a file may be annotated with its folder", () => {
  expect(verdictAfter("78", "image", "mask.png [input]").valid).toBe(true);
  expect(verdictAfter("78", "image", "mask.png [input]", "strict").valid).toBe(true);
  expect(verdictAfter("78", "image", "mask.png [output]").valid).toBe(false);
});

test("the largest seed is 2^64-1, told apart from 2^64 when the text is read exactly", () => {
  const seedOf = (text: string): boolean =>
    verdictAfter("3", "seed", parseGraphJson(text), "strict").valid;
  expect(seedOf("18446744073709551615")).toBe(true);
  expect(seedOf("18446744073709551616")).toBe(false);
  expect(seedOf("9007199254740991")).toBe(true);
});

test("hostile keys and values get a verdict, never a crash", () => {
  const hostile = parseGraphJson(
    '{"__proto__": {"class_type": "SaveImage", "inputs": {"__proto__": ["constructor", 0], "images": ["toString", 0]}}}',
  );
  const verdict = checkGraph(hostile, { files: [] });
  expect(Object.keys(verdict.node_errors)).toEqual(["__proto__"]);
  for (const graph of [
    null,
    1,
    "x",
    [],
    [1],
    { a: null },
    { a: "class_type" },
    { a: { class_type: {} } },
  ]) {
    expect(checkGraph(graph, { files: [] }).valid).toBe(false);
  }
});

test("a chain of ten thousand nodes does not exhaust the stack", () => {
  const graph: ApiGraph = { out: { class_type: "PreviewImage", inputs: { images: ["n9999", 0] } } };
  for (let index = 0; index < 10_000; index += 1) {
    graph[`n${index}`] = { class_type: "ImageInvert", inputs: { image: [`n${index - 1}`, 0] } };
  }
  expect(checkGraph(graph, { files: [], profile: "comfyui" }).valid).toBe(false);
});

test("any JSON in the place of any leaf gets a verdict that is JSON itself", () => {
  const leaves = Object.entries(maskedGraph()).flatMap(([id, node]) =>
    Object.keys(node.inputs).map((input) => ({ id, input })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...leaves), fc.jsonValue(), ({ id, input }, value) => {
      for (const profile of ["comfyui", "strict"] as const) {
        const verdict = verdictAfter(id, input, value, profile);
        expect(verdict.valid).toBe(verdict.error === null);
        expect(() => JSON.stringify(verdict)).not.toThrow();
      }
    }),
    { numRuns: 1500 * inject("rounds") },
  );
});
