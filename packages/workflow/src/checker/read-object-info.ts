import * as z from "zod";

import { NodeType, type NodeTypes } from "./node-types.ts";

/** As ComfyUI's `GET /object_info` gives a class; what the check does not need is left out. */
const ObjectInfo = z.record(
  z.string(),
  z.looseObject({
    input: NodeType.shape.input,
    output: z.array(z.unknown()),
    output_node: z.boolean(),
  }),
);

/** The classes of one ComfyUI, and what its input folder holds. */
export interface ObjectInfoReading {
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
  const nodeTypes = new Map(
    Object.entries(ObjectInfo.parse(body)).map(
      ([name, { input, output, output_node, ...rest }]) => [
        name,
        // Only classes of the newer node API say whether they are for developers.
        { input, output, output_node, v3: Object.hasOwn(rest, "dev_only") },
      ],
    ),
  );
  const choices = nodeTypes.get("LoadImage")?.input.required?.["image"]?.[0];
  const files = Array.isArray(choices)
    ? choices.filter((file): file is string => typeof file === "string")
    : null;
  return { nodeTypes, files };
}
