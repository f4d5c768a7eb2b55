import type { ApiGraph } from "@ob/workflow";
import { z } from "zod";

import { parseJson } from "../../read-body.ts";

/** What the handler takes out of a job's input. */
export interface WorkerInput {
  /** As it came; ComfyUI judges it. */
  workflow: unknown;
  /** `base64` may carry a data URI prefix. */
  images: readonly { name: string; base64: string }[];
}

const Images = z.array(z.looseObject({ name: z.string(), image: z.string() })).nullish();

/**
 * Checks a job's input with worker-comfyui's own words; a string is its error.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/handler.py `validate_input`
 */
export function validateInput(input: unknown): WorkerInput | string {
  if (input === null || input === undefined) return "Please provide input";
  const job = typeof input === "string" ? parseJson(input) : input;
  if (job === undefined) return "Invalid JSON format in input";
  const fields = z.looseObject({}).safeParse(job);
  const workflow = fields.success ? fields.data["workflow"] : undefined;
  if (workflow === undefined || workflow === null) return "Missing 'workflow' parameter";
  const images = Images.safeParse(fields.success ? fields.data["images"] : undefined);
  if (!images.success) {
    return "'images' must be a list of objects with 'name' and 'image' keys";
  }
  return {
    workflow,
    images: (images.data ?? []).map(({ name, image }) => ({ name, base64: image })),
  };
}

const Graph: z.ZodType<ApiGraph> = z.record(
  z.string(),
  z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);

/** A workflow that passed ComfyUI's checks, as a typed graph; `null` when it is none. */
export function readGraph(workflow: unknown): ApiGraph | null {
  const graph = Graph.safeParse(workflow);
  return graph.success ? graph.data : null;
}
