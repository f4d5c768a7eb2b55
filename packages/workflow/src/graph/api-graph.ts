import * as z from "zod";

/** One node as ComfyUI's `POST /prompt` takes it; a link is `[nodeId, slotIndex]`. */
export interface ApiNode {
  class_type: string;
  inputs: Record<string, unknown>;
  _meta?: { title: string };
}

/** A prompt in ComfyUI's API format, keyed by node id. */
export type ApiGraph = Record<string, ApiNode>;

export const ApiGraph: z.ZodType<ApiGraph> = z.record(
  z.string().min(1),
  z.strictObject({
    class_type: z.string().min(1),
    inputs: z.record(z.string(), z.unknown()),
    _meta: z.exactOptional(z.strictObject({ title: z.string() })),
  }),
);

/** A link to an output slot of another node. */
export type GraphLink = readonly [nodeId: string, slot: number];

/** Whether an input value is a link rather than a literal. */
export function isGraphLink(value: unknown): value is GraphLink {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === "string" &&
    typeof value[1] === "number"
  );
}
