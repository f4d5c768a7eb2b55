import { NODE_TYPES, readLimit } from "../checker/node-types.ts";
import { isGraphLink, type ApiNode } from "../graph/api-graph.ts";
import type {
  Bindings,
  BindingTarget,
  TemplateVariant,
  WorkflowContract,
} from "./contract-shape.ts";
import { duplicates } from "./duplicates.ts";

/** File names of weights, in whatever input a loader takes them. */
const WEIGHTS = /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf)$/i;

const IMAGE_BINDINGS = ["image1", "image2", "image3"] as const;

/** Every way in which a variant contradicts its contract or itself. */
export function variantProblems(variant: TemplateVariant, contract: WorkflowContract): string[] {
  return [
    ...nodeProblems(variant, contract),
    ...modeProblems(variant, contract),
    ...bindingProblems(variant),
    ...paramBindingProblems(variant, contract),
  ].map((problem) => `variant "${variant.name}": ${problem}`);
}

function nodeProblems(variant: TemplateVariant, contract: WorkflowContract): string[] {
  const nodes = Object.entries(variant.graph);
  const known = new Set(contract.nodeClasses.map((nodeClass) => nodeClass.name));
  const problems = nodes.flatMap(([nodeId, node]) => [
    ...(known.has(node.class_type)
      ? []
      : [`node ${nodeId}: class ${node.class_type} is not in nodeClasses`]),
    ...(NODE_TYPES.has(node.class_type)
      ? []
      : [`node ${nodeId}: the types of ${node.class_type} are not in node-types.json`]),
    ...modelProblems(node, contract).map((problem) => `node ${nodeId}: ${problem}`),
  ]);
  const outputs = nodes.filter(([, node]) => NODE_TYPES.get(node.class_type)?.output_node === true);
  if (outputs.length !== 1 || outputs[0]?.[0] !== variant.outputNodeId) {
    problems.push(`the only output must be node ${variant.outputNodeId}`);
  }
  return problems;
}

function modelProblems(node: ApiNode, { models }: WorkflowContract): string[] {
  return Object.entries(node.inputs).flatMap(([input, file]) => {
    if (typeof file !== "string" || !WEIGHTS.test(file)) return [];
    const isDeclared = models.some(
      (model) => model.loader === node.class_type && model.input === input && model.file === file,
    );
    return isDeclared ? [] : [`model ${file} is not in models`];
  });
}

/** What a mode promises in steps and cfg is what its samplers do. */
function modeProblems(variant: TemplateVariant, { modes }: WorkflowContract): string[] {
  const mode = modes.find(({ id }) => id === variant.mode);
  if (mode === undefined) return [];
  return Object.entries(variant.graph).flatMap(([nodeId, { inputs }]) =>
    (["steps", "cfg"] as const)
      .filter((name) => Object.hasOwn(inputs, name) && inputs[name] !== mode[name])
      .map((name) => `node ${nodeId}: ${name} is not that of mode ${mode.id}`),
  );
}

function bindingProblems(variant: TemplateVariant): string[] {
  const { bindings, hasMask, images } = variant;
  const problems: string[] = [];
  for (const [name, target] of targetsOf(bindings)) {
    const inputs = variant.graph[target.nodeId]?.inputs ?? {};
    if (!Object.hasOwn(inputs, target.input) || isGraphLink(inputs[target.input])) {
      problems.push(`binding ${name}: ${target.nodeId}.${target.input} is not a leaf`);
    }
  }
  for (const name of ["mask", "maskGrowPx"] as const) {
    if ((bindings[name] !== undefined) !== hasMask) {
      problems.push(`binding ${name} must stand exactly in the variants with a mask`);
    }
  }
  for (const [at, name] of IMAGE_BINDINGS.entries()) {
    const isWanted = at < images;
    if ((bindings[name] !== undefined) !== isWanted) {
      problems.push(isWanted ? `binding ${name} is missing` : `binding ${name} has no picture`);
    }
  }
  for (const name of ["prompt", "seed", "filePrefix"] as const) {
    if (bindings[name] === undefined) problems.push(`binding ${name} is missing`);
  }
  const leaves = targetsOf(bindings).map(([, { nodeId, input }]) => `${nodeId}.${input}`);
  return [...problems, ...duplicates("bound leaf", leaves)];
}

function paramBindingProblems(variant: TemplateVariant, { params }: WorkflowContract): string[] {
  return targetsOf(variant.bindings).flatMap(([name, target]) => {
    if (!name.startsWith("params.")) return [];
    const param = params.find(({ id }) => name === `params.${id}`);
    if (param === undefined) return [`binding ${name} is of no param`];
    const [low, high] = nodeRange(variant.graph[target.nodeId], target.input);
    const fits = param.min >= low && param.max <= high;
    return fits ? [] : [`binding ${name}: the node takes ${low}..${high}`];
  });
}

/** What the node itself takes there, wide open where it says nothing. */
function nodeRange(node: ApiNode | undefined, input: string): [low: number, high: number] {
  const declared = NODE_TYPES.get(node?.class_type ?? "")?.input;
  const settings = (declared?.required?.[input] ?? declared?.optional?.[input])?.[1];
  const limit = (name: "min" | "max"): number | bigint | null =>
    typeof settings === "object" && settings !== null && name in settings
      ? readLimit(Object.entries(settings).find(([key]) => key === name)?.[1])
      : null;
  return [Number(limit("min") ?? -Infinity), Number(limit("max") ?? Infinity)];
}

function targetsOf(bindings: Bindings): [name: string, target: BindingTarget][] {
  return Object.entries(bindings);
}
