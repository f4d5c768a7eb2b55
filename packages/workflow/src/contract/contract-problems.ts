import type { RequiredModel, WorkflowContract } from "./contract-shape.ts";
import { duplicates } from "./duplicates.ts";
import { isOnStep } from "./is-on-step.ts";
import { variantProblems } from "./variant-problems.ts";

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
    ...paramProblems(contract),
    ...idleProblems(contract),
    ...contract.variants.flatMap((variant) => variantProblems(variant, contract)),
  ];
}

function headProblems(contract: WorkflowContract): string[] {
  const problems: string[] = [];
  if (contract.version.split("@")[0] !== contract.id) {
    problems.push(`version ${contract.version} is not of service ${contract.id}`);
  }
  if (contract.images.min > contract.images.max) problems.push("images.min is above images.max");
  const versions = contract.nodeClasses.map(({ name }) => name);
  return [...problems, ...duplicates("node class", versions)];
}

/** A param has a default it would take itself, and sets a leaf in every graph or in none. */
function paramProblems({ params, variants }: WorkflowContract): string[] {
  return params.flatMap(({ id, min, max, step, default: value }) => {
    const problems: string[] = [];
    if (min > value || value > max) problems.push("the default leaves min..max");
    else if (!isOnStep(value, { min, step })) problems.push("the default is off its step");
    const bound = variants.filter(({ bindings }) => Object.hasOwn(bindings, `params.${id}`));
    if (bound.length > 0 && bound.length < variants.length) {
      problems.push("it is bound in some variants and not in others");
    }
    return problems.map((problem) => `param "${id}": ${problem}`);
  });
}

/** What a worker would be asked to have although no graph uses it. */
function idleProblems({ variants, models, nodeClasses }: WorkflowContract): string[] {
  const nodes = variants.flatMap((variant) => Object.values(variant.graph));
  const used = new Set(nodes.map((node) => node.class_type));
  const isLoaded = ({ loader, input, file }: RequiredModel) =>
    nodes.some((node) => node.class_type === loader && node.inputs[input] === file);
  return [
    ...nodeClasses
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => `node class ${name} is in no variant`),
    ...models
      .filter((model) => !isLoaded(model))
      .map(({ file }) => `model ${file} is in no variant`),
  ];
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
