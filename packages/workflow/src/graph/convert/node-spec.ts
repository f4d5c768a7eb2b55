import * as z from "zod";

import { inDeclaredOrder } from "./declared-order.ts";

/** One declared input of a class. `choices` is null unless it is a combo. */
export interface InputSpec {
  name: string;
  type: string;
  choices: readonly unknown[] | null;
  config: ReadonlyMap<string, unknown>;
  isOptional: boolean;
}

/** A class as `/object_info` declares it: inputs in declared order, the types of its outputs. */
export interface NodeSpec {
  displayName: string;
  inputs: readonly InputSpec[];
  outputs: readonly string[];
}

/** The classes of a server, read one by one: a full `/object_info` is large and a graph uses few. */
export type NodeSpecs = (classType: string) => NodeSpec | null;

const Entries = z.record(z.string(), z.unknown());
const Names = z.array(z.string()).catch([]);
const InputLists = z.object({
  required: Entries.nullish(),
  optional: Entries.nullish(),
});
const ClassInfo = z.object({
  input: InputLists,
  input_order: z
    .object({ required: Names.optional(), optional: Names.optional() })
    .nullish()
    .catch(null),
  output: z.array(z.unknown()).catch([]),
  display_name: z.string().nullish().catch(null),
});
export type InputLists = z.infer<typeof InputLists>;

/** The classes of an `/object_info` body; null when it is none. */
export function readNodeSpecs(objectInfo: unknown): NodeSpecs | null {
  if (typeof objectInfo !== "object" || objectInfo === null || Array.isArray(objectInfo)) {
    return null;
  }
  const classes = new Map<string, unknown>(Object.entries(objectInfo));
  const specs = new Map<string, NodeSpec | null>();
  return (classType) => {
    const known = specs.get(classType);
    if (known !== undefined) return known;
    const spec = readClass(classType, classes.get(classType));
    specs.set(classType, spec);
    return spec;
  };
}

function readClass(classType: string, info: unknown): NodeSpec | null {
  const read = ClassInfo.safeParse(info).data;
  if (read === undefined) return null;
  return {
    displayName: read.display_name ?? classType,
    inputs: [
      ...orderedInputs(read.input.required, {
        order: read.input_order?.required,
        isOptional: false,
      }),
      ...orderedInputs(read.input.optional, {
        order: read.input_order?.optional,
        isOptional: true,
      }),
    ],
    outputs: read.output.map((type) => (typeof type === "string" ? type : "COMBO")),
  };
}

/** The inputs of one part of a dynamic input, in declared order. */
export function readInputLists(lists: unknown): InputSpec[] {
  const read = InputLists.safeParse(lists).data;
  if (read === undefined) return [];
  return [
    ...inDeclaredOrder(orderedInputs(read.required, { order: undefined, isOptional: false })),
    ...inDeclaredOrder(orderedInputs(read.optional, { order: undefined, isOptional: true })),
  ];
}

/** `input_order` first: a server may send the keys sorted. */
function orderedInputs(
  inputs: z.infer<typeof Entries> | null | undefined,
  at: { order: readonly string[] | undefined; isOptional: boolean },
): InputSpec[] {
  const declared = new Map(Object.entries(inputs ?? {}));
  const order = new Set([...(at.order ?? []), ...declared.keys()]);
  return [...order].flatMap((name) => {
    const spec = readInput(name, declared.get(name));
    return spec === null ? [] : [{ ...spec, isOptional: at.isOptional }];
  });
}

function readInput(name: string, spec: unknown): Omit<InputSpec, "isOptional"> | null {
  if (!Array.isArray(spec)) return null;
  const type: unknown = spec[0];
  const settings: unknown = spec[1];
  const config = readConfig(settings);
  if (Array.isArray(type)) return { name, type: "COMBO", choices: type, config };
  if (typeof type !== "string") return null;
  const options = config.get("options");
  const choices = type === "COMBO" ? (Array.isArray(options) ? options : []) : null;
  return { name, type, choices, config };
}

function readConfig(settings: unknown): ReadonlyMap<string, unknown> {
  return typeof settings === "object" && settings !== null
    ? new Map<string, unknown>(Object.entries(settings))
    : new Map();
}
