import { z } from "zod";

import { parseJson } from "../read-body.ts";

const Milliseconds = z
  .number()
  .int()
  .positive()
  .max(7 * 24 * 3_600_000);

/** Body of `POST /run`; what RunPod does not read passes unseen. */
const RunBody = z.object({
  input: z.unknown(),
  webhook: z.url({ protocol: /^https?$/ }).optional(),
  policy: z
    .object({
      executionTimeout: Milliseconds.default(600_000),
      ttl: Milliseconds.default(86_400_000),
    })
    .prefault({}),
});

/** A `/run` call worth queueing. `raw` is kept for the worker and for the webhook's echo. */
export interface RunRequest {
  raw: Buffer;
  webhookUrl: string | null;
  executionTimeoutMs: number;
  ttlMs: number;
  filePrefix: string | null;
}

/** Reads the body of `/run`; a string says what is wrong with it. */
export function readRunBody(raw: Buffer): RunRequest | string {
  const json = parseJson(raw.toString("utf8"));
  const body = RunBody.safeParse(json);
  if (!body.success) return `bad request: ${z.prettifyError(body.error)}`;
  return {
    raw,
    webhookUrl: body.data.webhook ?? null,
    executionTimeoutMs: body.data.policy.executionTimeout,
    ttlMs: body.data.policy.ttl,
    filePrefix: readFilePrefix(body.data.input),
  };
}

/** The `input` of a body that `readRunBody` took. */
export function readRunInput(raw: Buffer): unknown {
  return RunBody.parse(parseJson(raw.toString("utf8"))).input;
}

const SavesImage = z.object({
  class_type: z.literal("SaveImage"),
  inputs: z.object({ filename_prefix: z.string() }),
});

const Graph = z.record(z.string(), z.unknown()).optional();
/** Where worker-comfyui and the volume handler take their graph from. */
const Graphs = z.object({ workflow: Graph, workflow_api: Graph });

function readFilePrefix(input: unknown): string | null {
  const graph = Graphs.safeParse(input);
  if (!graph.success) return null;
  for (const node of Object.values(graph.data.workflow ?? graph.data.workflow_api ?? {})) {
    const saves = SavesImage.safeParse(node);
    if (saves.success) return saves.data.inputs.filename_prefix;
  }
  return null;
}
