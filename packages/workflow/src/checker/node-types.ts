import * as z from "zod";

import nodeTypesJson from "./node-types.json" with { type: "json" };

/** An input as `/object_info` gives it: its type (or the list of its choices) and its settings. */
const InputSpec = z.tuple([z.union([z.string(), z.array(z.unknown())])]).rest(z.unknown());

export const NodeType = z.object({
  input: z.object({
    required: z.record(z.string(), InputSpec).optional(),
    optional: z.record(z.string(), InputSpec).optional(),
  }),
  output: z.array(z.unknown()),
  output_node: z.boolean(),
  /** Declared through ComfyUI's newer node API, which words some errors differently. */
  v3: z.boolean(),
});
export type NodeType = z.infer<typeof NodeType>;

/** One input of a node, after dynamic inputs have been spelled out. */
export interface NodeInput {
  name: string;
  isRequired: boolean;
  type: string | readonly unknown[];
  config: Readonly<Record<string, unknown>>;
  /** A dynamic combo that names none of its options: ComfyUI passes over it without a word. */
  isOverlooked: boolean;
}

/** Node classes by name. */
export type NodeTypes = ReadonlyMap<string, NodeType>;

/**
 * The classes an image edit may use, as ComfyUI 0.14.1 itself describes them, with the model files
 * our workers hold.
 */
export const NODE_TYPES: NodeTypes = new Map(
  Object.entries(z.record(z.string(), NodeType).parse(nodeTypesJson)),
);

/** A limit of an input; in our own file whole numbers beyond 2^53 stand as `{"$int": "…"}`, for JSON would round them. */
export function readLimit(value: unknown): bigint | number | null {
  if (typeof value === "number" || typeof value === "bigint") return value;
  const exact = BigNumber.safeParse(value);
  return exact.success ? BigInt(exact.data.$int) : null;
}

const BigNumber = z.object({ $int: z.string() });
const DynamicOptions = z.array(z.object({ key: z.unknown(), inputs: NodeType.shape.input }));
const GrowTemplate = z.object({
  input: NodeType.shape.input,
  prefix: z.string().optional(),
  names: z.array(z.string()).optional(),
  min: z.number().default(0),
  max: z.number().default(0),
});

/** A node's inputs in declared order; those that depend on the live values are spelled out. */
export function nodeInputs(type: NodeType, live: Readonly<Record<string, unknown>>): NodeInput[] {
  return expandInputs(type.input, { live, prefix: "" });
}

interface Expansion {
  live: Readonly<Record<string, unknown>>;
  prefix: string;
}

function expandInputs(declared: NodeType["input"], at: Expansion): NodeInput[] {
  return (["required", "optional"] as const).flatMap((category) =>
    Object.entries(declared[category] ?? {}).flatMap(([id, [type, settings]]) =>
      expandInput(
        {
          name: at.prefix + id,
          isRequired: category === "required",
          type,
          config: readConfig(settings),
          isOverlooked: false,
        },
        at.live,
      ),
    ),
  );
}

function expandInput(input: NodeInput, live: Expansion["live"]): NodeInput[] {
  if (input.type === "COMFY_DYNAMICCOMBO_V3") return chosenInputs(input, live);
  if (input.type === "COMFY_AUTOGROW_V3") return grownInputs(input);
  return [input];
}

/** The inputs that belong to the chosen option, named `<combo>.<input>`, and the combo itself. */
function chosenInputs(combo: NodeInput, live: Expansion["live"]): NodeInput[] {
  const options = DynamicOptions.safeParse(combo.config["options"]);
  const chosen = options.data?.find(
    (option) => Object.hasOwn(live, combo.name) && option.key === live[combo.name],
  );
  return chosen === undefined
    ? [{ ...combo, isOverlooked: true }]
    : [...expandInputs(chosen.inputs, { live, prefix: `${combo.name}.` }), combo];
}

/** `<list>.<prefix>0`, `…1` and so on: as many required as the template's minimum. */
function grownInputs(list: NodeInput): NodeInput[] {
  const template = GrowTemplate.safeParse(list.config["template"]).data;
  const required = Object.values(template?.input.required ?? {})[0];
  const spec = required ?? Object.values(template?.input.optional ?? {})[0];
  if (template === undefined || spec === undefined) return [];
  const { prefix = "", min, max } = template;
  const names = template.names ?? Array.from({ length: max }, (_, index) => `${prefix}${index}`);
  return names.map((name, index) => ({
    name: `${list.name}.${name}`,
    isRequired: required !== undefined && index < min,
    type: spec[0],
    config: readConfig(spec[1]),
    isOverlooked: false,
  }));
}

const Config = z.record(z.string(), z.unknown());

function readConfig(settings: unknown): Readonly<Record<string, unknown>> {
  return Config.safeParse(settings).data ?? {};
}
