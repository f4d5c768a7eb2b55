import { isGraphLink } from "../graph/api-graph.ts";
import type { TemplateVariant, WorkflowContract } from "./workflow-contract.ts";

/** Every way in which a contract contradicts itself, as sentences for its author; empty when sound. */
export function contractProblems(contract: WorkflowContract): string[] {
  return [
    ...duplicates(
      "mode",
      contract.modes.map((mode) => mode.id),
    ),
    ...duplicates(
      "option",
      contract.options.map((option) => option.id),
    ),
    ...contract.options.flatMap((option) =>
      duplicates(
        `choice of ${option.id}`,
        option.choices.map((choice) => choice.id),
      ),
    ),
    ...duplicates(
      "param",
      contract.params.map((param) => param.id),
    ),
    ...duplicates("ratio", contract.ratios),
    ...duplicates(
      "variant",
      contract.variants.map((variant) => variant.name),
    ),
    ...headProblems(contract),
    ...coverageProblems(contract),
    ...contract.variants.flatMap((variant) => variantProblems(variant, contract)),
  ];
}

function duplicates(what: string, ids: readonly string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${what} "${id}" stands twice`);
}

function headProblems(contract: WorkflowContract): string[] {
  const problems: string[] = [];
  if (contract.version.split("@")[0] !== contract.id) {
    problems.push(`version ${contract.version} is not of service ${contract.id}`);
  }
  if (contract.images.min > contract.images.max) problems.push("images.min is above images.max");
  for (const { id, min, max, default: value } of contract.params) {
    if (min > value || value > max) problems.push(`param "${id}": the default leaves min..max`);
  }
  return problems;
}

/** Each mode has exactly one variant per mask state and number of pictures the contract allows, and none besides. */
function coverageProblems({ mask, images, modes, variants }: WorkflowContract): string[] {
  const maskStates = { none: [false], optional: [false, true], required: [true] }[mask];
  const counts = Array.from({ length: images.max }, (_, at) => at + 1).filter(
    (count) => count >= images.min,
  );
  const key = (mode: string, hasMask: boolean, count: number) =>
    `${mode}/${String(hasMask)}/${count}`;
  const found = variants.map((variant) => key(variant.mode, variant.hasMask, variant.images));
  const wanted = modes.flatMap((mode) =>
    maskStates.flatMap((state) => counts.map((count) => key(mode.id, state, count))),
  );
  return [
    ...duplicates("variant for mode/mask/pictures", found),
    ...wanted
      .filter((wish) => !found.includes(wish))
      .map((wish) => `no variant for mode/mask/pictures ${wish}`),
    ...found
      .filter((variant) => !wanted.includes(variant))
      .map(
        (variant) =>
          `a variant for mode/mask/pictures ${variant}, which the contract does not offer`,
      ),
  ];
}

function variantProblems(variant: TemplateVariant, contract: WorkflowContract): string[] {
  const nodes = Object.entries(variant.graph);
  const known = new Set(contract.nodeClasses.map((nodeClass) => nodeClass.name));
  const problems: string[] = [];
  for (const [nodeId, node] of nodes) {
    if (!known.has(node.class_type)) {
      problems.push(`node ${nodeId}: class ${node.class_type} is not in nodeClasses`);
    }
    for (const { file } of modelFiles(node.inputs)) {
      const isDeclared = contract.models.some(
        (model) => model.loader === node.class_type && model.file === file,
      );
      if (!isDeclared) problems.push(`node ${nodeId}: model ${file} is not in models`);
    }
  }
  const outputs = nodes.filter(([, node]) => node.class_type === "SaveImage");
  if (outputs.length !== 1 || outputs[0]?.[0] !== variant.outputNodeId) {
    problems.push(`the only SaveImage must be node ${variant.outputNodeId}`);
  }
  for (const [name, target] of Object.entries(variant.bindings)) {
    const inputs = variant.graph[target.nodeId]?.inputs ?? {};
    if (!Object.hasOwn(inputs, target.input) || isGraphLink(inputs[target.input])) {
      problems.push(`binding ${name}: ${target.nodeId}.${target.input} is not a leaf`);
    }
  }
  for (const name of ["mask", "maskGrowPx"] as const) {
    if ((variant.bindings[name] !== undefined) !== variant.hasMask) {
      problems.push(`binding ${name} must stand exactly in the variants with a mask`);
    }
  }
  for (const name of ["image1", "prompt", "seed", "filePrefix"] as const) {
    if (variant.bindings[name] === undefined) problems.push(`binding ${name} is missing`);
  }
  const targets = Object.values(variant.bindings).map((t) => `${t.nodeId}.${t.input}`);
  return [...problems, ...duplicates("bound leaf", targets)].map(
    (problem) => `variant "${variant.name}": ${problem}`,
  );
}

function modelFiles(inputs: Record<string, unknown>): { input: string; file: string }[] {
  return Object.entries(inputs).flatMap(([input, value]) =>
    typeof value === "string" && value.endsWith(".safetensors") ? [{ input, file: value }] : [],
  );
}
