import type { AttemptRequest } from "../../src/backend.ts";
import type { ComfyuiBackend } from "../../src/comfyui/comfyui-backend.ts";
import type { simulatedEdit } from "./simulated-edit.ts";

const signal = new AbortController().signal;

/** Makes attempts of one edit, each under a file prefix of its own and with limits of its own. */
export function attemptsOf(edit: ReturnType<typeof simulatedEdit>) {
  return async (
    filePrefix: string,
    limits: Partial<Pick<AttemptRequest, "ttlMs" | "executionTimeoutMs">> = {},
  ): Promise<AttemptRequest> => {
    const { attempt } = await edit;
    const graph = structuredClone(attempt.graph);
    for (const { inputs } of Object.values(graph)) {
      if (inputs["filename_prefix"] === attempt.filePrefix) inputs["filename_prefix"] = filePrefix;
    }
    return { ...attempt, ...limits, graph, filePrefix };
  };
}

/** Submits what must be accepted. @returns the prompt's id */
export async function submitted(backend: ComfyuiBackend, attempt: AttemptRequest): Promise<string> {
  const outcome = await backend.submit(attempt, { signal });
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  return outcome.runpodJobId;
}
