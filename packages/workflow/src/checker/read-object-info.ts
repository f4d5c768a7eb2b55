import * as z from "zod";

import { NodeType, type NodeTypes } from "./node-types.ts";

/** As ComfyUI's `GET /object_info` gives a class; what the check does not need is left out. */
const ClassInfo = z.looseObject({
  input: NodeType.shape.input,
  output: z.array(z.unknown()),
  output_node: z.boolean(),
  input_order: z.record(z.string(), z.array(z.string())).optional(),
});
type ClassInfo = z.infer<typeof ClassInfo>;

/** The classes of one ComfyUI, and what its input folder holds. */
export interface ObjectInfoReading {
  /** Without those no check could make sense of: custom nodes declare all sorts of things. */
  nodeTypes: NodeTypes;
  /** The files its LoadImage offers; `null` when it has no such class. */
  files: readonly string[] | null;
}

/**
 * Reads the body of ComfyUI's `GET /object_info`, parsed with `parseGraphJson` so that limits beyond
 * 2^53 are exact.
 * @throws {z.ZodError} when it is something else.
 */
export function readObjectInfo(body: unknown): ObjectInfoReading {
  const nodeTypes = new Map<string, NodeType>();
  const unread: z.ZodError[] = [];
  for (const [name, info] of Object.entries(z.record(z.string(), z.unknown()).parse(body))) {
    const read = ClassInfo.safeParse(info);
    if (read.success) nodeTypes.set(name, nodeType(read.data));
    else unread.push(read.error);
  }
  const [first] = unread;
  if (first !== undefined && nodeTypes.size === 0) throw first;
  const choices = nodeTypes.get("LoadImage")?.input.required?.["image"]?.[0];
  const files = Array.isArray(choices)
    ? choices.filter((file): file is string => typeof file === "string")
    : null;
  return { nodeTypes, files };
}

function nodeType({ input, output, output_node, input_order, ...rest }: ClassInfo): NodeType {
  return {
    input: {
      required: inOrder(input.required, input_order?.["required"]),
      optional: inOrder(input.optional, input_order?.["optional"]),
    },
    output,
    output_node,
    // Only classes of the newer node API say whether they are for developers.
    v3: Object.hasOwn(rest, "dev_only"),
  };
}

/** The body may have its keys sorted; the declared order says which input is looked at first. */
function inOrder<T>(
  inputs: Record<string, T> | undefined,
  order: readonly string[] | undefined,
): Record<string, T> {
  const given = Object.entries(inputs ?? {});
  const rank = (name: string): number => {
    const at = (order ?? []).indexOf(name);
    return at === -1 ? Infinity : at;
  };
  return Object.fromEntries(
    given.toSorted(([a], [b]) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))),
  );
}
