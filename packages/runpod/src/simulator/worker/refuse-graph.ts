import type { GraphVerdict } from "@ob/workflow";

import { pythonJson, pythonRepr } from "./python-text.ts";

/**
 * Says what worker-comfyui says when ComfyUI answers 400 to a prompt; `null` when the graph is valid.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/handler.py `queue_workflow`
 */
export function refuseGraph(verdict: GraphVerdict): string | null {
  if (verdict.valid) return null;
  const { error, node_errors: nodeErrors } = verdict;
  const message =
    error === null || error.type === "prompt_outputs_failed_validation"
      ? "Workflow validation failed"
      : error.message;
  const details = Object.entries(nodeErrors).flatMap(([nodeId, nodeError]) =>
    Object.entries(nodeError).map(([key, value]: [string, unknown]) => {
      // An f-string writes a bare string without quotes, everything else as its repr.
      const text = typeof value === "string" ? value : pythonRepr(value);
      return `• Node ${nodeId} (${key}): ${text}`;
    }),
  );
  if (details.length > 0) return `${message}:\n${details.join("\n")}`;
  return `${message}. Raw response: ${pythonJson({ error, node_errors: nodeErrors })}`;
}
