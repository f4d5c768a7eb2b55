import { z } from "zod";

import type { RunpodFailure, RunpodFailureCause } from "./backend.ts";

const MAX_MESSAGE_CHARS = 2_000;

/** Only a new try of these can end otherwise; a refused graph is refused again. */
const RETRIABLE = {
  validation: false,
  "out-of-memory": true,
  timeout: true,
  cancelled: false,
  worker: true,
  unknown: true,
} as const satisfies Record<RunpodFailureCause, boolean>;

/**
 * Stable pieces of worker-comfyui's and ComfyUI's free text, first match wins.
 * Validation stands first: its details may quote what the graph holds.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/handler.py
 */
const SIGNS: readonly { cause: RunpodFailureCause; text: RegExp }[] = [
  {
    cause: "validation",
    text: /^(Workflow validation failed|Please provide input|Invalid JSON format in input|Missing 'workflow(_api)?' parameter|'images' must be a list)/,
  },
  { cause: "validation", text: /\. Raw response: \{/ },
  { cause: "validation", text: /^ComfyUI validation failed/ },
  { cause: "out-of-memory", text: /out of memory|OutOfMemoryError|Allocation on device/i },
  {
    cause: "worker",
    text: /not reachable|unreachable|WebSocket communication error|HTTP communication error|Error queuing workflow|Failed to upload|Workflow execution error|not found in history|unexpected error occurred|"?error_type"?/i,
  },
];

const Details = z.object({
  details: z.unknown().optional(),
  errors: z.unknown().optional(),
  message: z.unknown().optional(),
});

/** Names the cause of a job that ended without a result, and keeps a bounded text for operators. */
export function classifyFailure(
  status: RunpodFailure["status"],
  job: { error?: unknown; output?: unknown },
): RunpodFailure {
  const text = failureText(job);
  const cause = causeOf(status, text);
  return { status, cause, retriable: RETRIABLE[cause], message: boundMessage(text) };
}

function causeOf(status: RunpodFailure["status"], text: string): RunpodFailureCause {
  if (status === "CANCELLED") return "cancelled";
  if (status === "TIMED_OUT") return "timeout";
  return SIGNS.find((sign) => sign.text.test(text))?.cause ?? "unknown";
}

// The SDK lifts `error` to the top and leaves the rest ({details: […]}) in `output`.
function failureText(job: { error?: unknown; output?: unknown }): string {
  const rest = Details.safeParse(job.output);
  const parts = rest.success
    ? [job.error, rest.data.message, rest.data.details, rest.data.errors]
    : [job.error, typeof job.output === "string" ? job.output : undefined];
  return parts.map(toText).filter(Boolean).join("\n");
}

function toText(part: unknown): string {
  if (part === undefined || part === null) return "";
  return typeof part === "string" ? part : JSON.stringify(part);
}

function boundMessage(text: string): string {
  // A traceback may carry a picture; no word of a message is this long.
  const withoutData = text.replaceAll(/[A-Za-z0-9+/_-]{200,}={0,2}/g, "[data]");
  if (withoutData.length <= MAX_MESSAGE_CHARS) return withoutData;
  return `${withoutData.slice(0, MAX_MESSAGE_CHARS - 1)}…`;
}
