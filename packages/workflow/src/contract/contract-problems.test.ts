import { expect, test } from "vitest";

import { QWEN_IMAGE_EDIT_CONTRACT } from "../services/qwen-image-edit/v1/contract.ts";
import { WORKFLOW_CONTRACT_V1, type WorkflowContract } from "./workflow-contract.ts";

/** What the schema says of a released contract after one thing in it was broken. */
function complaintsAfter(breakIt: (contract: WorkflowContract) => void): string[] {
  const contract = structuredClone(QWEN_IMAGE_EDIT_CONTRACT);
  breakIt(contract);
  const parsed = WORKFLOW_CONTRACT_V1.safeParse(contract);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
}

function firstVariant(contract: WorkflowContract): WorkflowContract["variants"][number] {
  const [variant] = contract.variants;
  if (variant === undefined) throw new Error("no variant");
  return variant;
}

test("the released contract is sound", () => {
  expect(complaintsAfter(() => undefined)).toEqual([]);
});

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
    'variant "fast": the only SaveImage must be node 8',
  ],
])("%s is refused", (_what, breakIt, complaint) => {
  expect(complaintsAfter(breakIt)).toContain(complaint);
});
