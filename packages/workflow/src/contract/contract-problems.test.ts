import { expect, test } from "vitest";

import { QWEN_IMAGE_EDIT_CONTRACT } from "../services/qwen-image-edit/v1/contract.ts";
import { PHOTO_RESTORE_CONTRACT } from "../services/photo-restore/v1/contract.ts";
import { QWEN_IMAGE_EDIT_V2_CONTRACT } from "../services/qwen-image-edit/v2/contract.ts";
import { WORKFLOW_CONTRACT_V1, type WorkflowContract } from "./workflow-contract.ts";

/** What the schema says of a released contract after one thing in it was broken. */
function complaintsAfter(
  breakIt: (contract: WorkflowContract) => void,
  released: WorkflowContract = QWEN_IMAGE_EDIT_CONTRACT,
): string[] {
  const contract = structuredClone(released);
  breakIt(contract);
  const parsed = WORKFLOW_CONTRACT_V1.safeParse(contract);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
}

function firstVariant(contract: WorkflowContract): WorkflowContract["variants"][number] {
  const [variant] = contract.variants;
  if (variant === undefined) throw new Error("no variant");
  return variant;
}

test.each([QWEN_IMAGE_EDIT_CONTRACT, QWEN_IMAGE_EDIT_V2_CONTRACT, PHOTO_RESTORE_CONTRACT])(
  "$version is sound",
  (contract) => {
    expect(complaintsAfter(() => undefined, contract)).toEqual([]);
  },
);

/** The literal inputs of a node of the first variant. */
function inputsOf(contract: WorkflowContract, nodeId: string): Record<string, unknown> {
  const node = firstVariant(contract).graph[nodeId];
  if (node === undefined) throw new Error(`no node ${nodeId}`);
  return node.inputs;
}

test.each<[string, (contract: WorkflowContract) => void, string]>([
  [
    "a mode without its variant",
    (c) => c.variants.pop(),
    "no variant for mode/mask/pictures quality/true/1",
  ],
  [
    "an option id twice",
    (c) => c.options.push(...c.options.slice(0, 1)),
    'option "product-background" stands twice',
  ],
  [
    "another service's version",
    (c) => (c.version = "photo-restore@1"),
    "version photo-restore@1 is not of service qwen-image-edit",
  ],
  [
    "a class without a version",
    (c) => c.nodeClasses.pop(),
    'variant "fast-masked": node 209: class DifferentialDiffusion is not in nodeClasses',
  ],
  [
    "a model file nobody declared",
    (c) => c.models.pop(),
    'variant "fast": node 89: model Qwen-Image-Edit-2509-Lightning-4steps-V1.0-bf16.safetensors is not in models',
  ],
  [
    "a binding to a link",
    (c) => (firstVariant(c).bindings.seed = { nodeId: "3", input: "model" }),
    'variant "fast": binding seed: 3.model is not a leaf',
  ],
  [
    "a binding to nothing",
    (c) => (firstVariant(c).bindings.seed = { nodeId: "3", input: "toString" }),
    'variant "fast": binding seed: 3.toString is not a leaf',
  ],
  [
    "two bindings of one leaf",
    (c) => (firstVariant(c).bindings.seed = { nodeId: "111", input: "prompt" }),
    'variant "fast": bound leaf "111.prompt" stands twice',
  ],
  [
    "a missing binding",
    (c) => delete firstVariant(c).bindings.prompt,
    'variant "fast": binding prompt is missing',
  ],
  [
    "a wrong output node",
    (c) => (firstVariant(c).outputNodeId = "8"),
    'variant "fast": the only output must be node 8',
  ],
  [
    "a second output",
    (c) =>
      (firstVariant(c).graph["61"] = { class_type: "PreviewImage", inputs: { images: ["8", 0] } }),
    'variant "fast": the only output must be node 60',
  ],
  [
    "a class whose inputs nobody knows",
    (c) => (firstVariant(c).graph["61"] = { class_type: "Unheard", inputs: {} }),
    'variant "fast": node 61: the types of Unheard are not in node-types.json',
  ],
  [
    "a mode that promises other steps than its graph takes",
    (c) => (inputsOf(c, "3")["steps"] = 8),
    'variant "fast": node 3: steps is not that of mode fast',
  ],
  [
    "a mode that promises another cfg",
    (c) => (inputsOf(c, "3")["cfg"] = 2.5),
    'variant "fast": node 3: cfg is not that of mode fast',
  ],
  [
    "a second picture in a graph for one",
    (c) => (firstVariant(c).bindings.image2 = { nodeId: "39", input: "vae_name" }),
    'variant "fast": binding image2 has no picture',
  ],
  [
    "a graph for two pictures that reads one",
    (c) => (firstVariant(c).images = 2),
    'variant "fast": binding image2 is missing',
  ],
  [
    "a mask binding in a graph without a mask",
    (c) => (firstVariant(c).bindings.mask = { nodeId: "38", input: "type" }),
    'variant "fast": binding mask must stand exactly in the variants with a mask',
  ],
  [
    "a class no graph uses",
    (c) => c.nodeClasses.push({ name: "InvertMask", since: "0.3.10" }),
    "node class InvertMask is in no variant",
  ],
  [
    "a model no graph loads",
    (c) => c.models.push({ loader: "VAELoader", input: "vae_name", file: "other.safetensors" }),
    "model other.safetensors is in no variant",
  ],
  ["a ratio twice", (c) => c.ratios.push("original"), 'ratio "original" stands twice'],
  [
    "no fewer than two and no more than one picture",
    (c) => (c.images = { min: 2, max: 1 }),
    "images.min is above images.max",
  ],
])("%s is refused", (_what, breakIt, complaint) => {
  expect(complaintsAfter(breakIt)).toContain(complaint);
});

/** The first param of photo-restore, which binds what it offers. */
function paramOf(contract: WorkflowContract): WorkflowContract["params"][number] {
  const [param] = contract.params;
  if (param === undefined) throw new Error("no param");
  return param;
}

test.each<[string, (contract: WorkflowContract) => void, string]>([
  [
    "a default beyond its range",
    (c) => (paramOf(c).default = 2),
    'param "denoise": the default leaves min..max',
  ],
  [
    "a default between two steps",
    (c) => (paramOf(c).default = 0.72),
    'param "denoise": the default is off its step',
  ],
  [
    "a range the node does not take",
    (c) => (paramOf(c).max = 1.5),
    'variant "standard": binding params.denoise: the node takes 0..1',
  ],
  [
    "a binding of no param",
    (c) => (c.params = c.params.slice(1)),
    'variant "standard": binding params.denoise is of no param',
  ],
  ["a param twice", (c) => c.params.push(paramOf(c)), 'param "denoise" stands twice'],
])("of params, %s is refused", (_what, breakIt, complaint) => {
  expect(complaintsAfter(breakIt, PHOTO_RESTORE_CONTRACT)).toContain(complaint);
});
