import type { ApiGraph } from "../graph/api-graph.ts";
import { graphHash } from "../graph/graph-hash.ts";
import type { BindRequest, BoundGraph } from "./gpu-service.ts";
import type { BindingName, TemplateVariant, WorkflowContract } from "./workflow-contract.ts";

/** What each binding of one edit is set to; bindings a variant does not have are left out. */
type BindingValues = Partial<Record<BindingName, string | number>>;

/** Stands for the names in a graph when it is hashed: they say who asked, not what was asked. */
const NAME_PLACEHOLDERS = {
  image1: "<image1>",
  image2: "<image2>",
  image3: "<image3>",
  mask: "<mask>",
  filePrefix: "<prefix>",
} as const satisfies Partial<Record<BindingName, string>>;

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
// ComfyUI expands %…% in a prefix and makes folders of slashes: neither is let in.
const FILE_PREFIX = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/**
 * Binds one edit to the variant of its mode and mask.
 * @throws {RangeError} on a mode, file name, prefix or seed that no user's input can produce.
 */
export function bindContractVariant(contract: WorkflowContract, request: BindRequest): BoundGraph {
  const { files, plan, filePrefix, seed } = request;
  if (!Number.isSafeInteger(seed) || seed < 0 || seed > contract.limits.seedMax) {
    throw new RangeError(`not a seed: ${seed}`);
  }
  if (!FILE_PREFIX.test(filePrefix)) throw new RangeError(`not a file prefix: ${filePrefix}`);
  const used = [...files.images, ...(files.mask === null ? [] : [files.mask])];
  for (const name of used) {
    if (!FILE_NAME.test(name)) throw new RangeError(`not a flat ASCII file name: ${name}`);
  }
  if ((files.mask === null) !== (plan.mask === null)) {
    throw new RangeError("the plan and the files disagree about the mask");
  }
  const variant = findVariant(contract, {
    mode: request.mode,
    hasMask: plan.mask !== null,
    images: files.images.length,
  });
  const [image1, image2, image3] = files.images;
  const values: BindingValues = {
    ...paramValues(contract, request.params),
    ...(image1 === undefined ? {} : { image1 }),
    ...(image2 === undefined ? {} : { image2 }),
    ...(image3 === undefined ? {} : { image3 }),
    prompt: request.promptEn,
    seed,
    filePrefix,
    ...(files.mask === null || plan.mask === null
      ? {}
      : { mask: files.mask, maskGrowPx: plan.mask.growPx }),
  };
  return {
    variant: variant.name,
    graph: bindVariant(variant, values),
    graphHash: graphHash(bindVariant(variant, { ...values, ...placeholders(values) })),
    outputNodeId: variant.outputNodeId,
    files: used,
  };
}

/** Params of the contract by their binding's name. @throws {RangeError} on one it does not have or offer. */
function paramValues(
  { params, version }: WorkflowContract,
  given: Readonly<Record<string, number>>,
): BindingValues {
  for (const id of Object.keys(given)) {
    if (!params.some((param) => param.id === id)) throw new RangeError(`${version} has no ${id}`);
  }
  return Object.fromEntries(
    params.map(({ id, min, max }) => {
      const value = Object.hasOwn(given, id) ? given[id] : undefined;
      if (value === undefined || !(value >= min && value <= max)) {
        throw new RangeError(`not a value of ${id}: ${String(value)}`);
      }
      return [`params.${id}`, value];
    }),
  );
}

function findVariant(
  contract: WorkflowContract,
  wanted: { mode: string; hasMask: boolean; images: number },
): TemplateVariant {
  const variant = contract.variants.find(
    ({ mode, hasMask, images }) =>
      mode === wanted.mode && hasMask === wanted.hasMask && images === wanted.images,
  );
  if (variant === undefined) {
    throw new RangeError(
      `${contract.version} has no variant for mode ${wanted.mode}, ${wanted.images} pictures`,
    );
  }
  return variant;
}

function placeholders(values: BindingValues): BindingValues {
  return Object.fromEntries(
    Object.entries(NAME_PLACEHOLDERS).filter(([name]) => Object.hasOwn(values, name)),
  );
}

/** A copy of the variant's graph with its bound leaves set, and nothing else changed. */
function bindVariant(variant: TemplateVariant, values: BindingValues): ApiGraph {
  const graph = structuredClone(variant.graph);
  for (const [name, target] of Object.entries(variant.bindings)) {
    const value = Object.entries(values).find(([key]) => key === name)?.[1];
    const node = graph[target.nodeId];
    if (value === undefined || node === undefined) {
      throw new RangeError(`variant ${variant.name}: nothing to bind to ${name}`);
    }
    node.inputs[target.input] = value;
  }
  return graph;
}
