import { randomUUID } from "node:crypto";

import { checkGraph } from "@ob/workflow";
import { z } from "zod";

import { INPUT_FOLDER, OUTPUT_FOLDER } from "../../volume/volume-layout.ts";
import type { ObjectStoreSimulator } from "../object-store/options.ts";
import { executionError, type WorkerRun } from "../worker/comfy-worker.ts";
import { drawTrace } from "../worker/draw-trace.ts";
import type { WorkerOutcome } from "../worker/outcome.ts";
import { refuseGraph } from "../worker/refuse-graph.ts";
import { traceGraph } from "../worker/trace-graph.ts";
import { readGraph } from "../worker/validate-input.ts";

/** Where workers see the volume. */
const MOUNT = "/runpod-volume/";

const Input = z.looseObject({ workflow_api: z.unknown() });

/** The disk a worker has mounted; what it writes is in the bucket at once. */
export type Volume = Pick<ObjectStoreSimulator, "objects" | "write" | "remove">;

/**
 * Begins a job as the volume handler does: ComfyUI finds the pictures in its input folder on the
 * volume, saves into its output folder there, and the paths are returned. @see docs/volume-handler.md
 */
export function beginVolumeJob(
  input: unknown,
  { volume, seed }: { volume: Volume; seed: number },
): WorkerRun {
  const job = Input.safeParse(input);
  const graph = job.success ? job.data.workflow_api : undefined;
  if (graph === undefined || graph === null) return refused("Missing 'workflow_api' parameter");
  const refusal = refuseGraph(checkGraph(graph, { files: inputNames(volume), profile: "comfyui" }));
  if (refusal !== null) return refused(refusal);
  const checked = readGraph(graph);
  const trace = checked === null ? null : traceGraph(checked);
  if (trace === null) return refused("No outputs found in history for prompt.");
  return {
    sampler: { nodeId: trace.samplerId, steps: trace.steps },
    async draw(): Promise<WorkerOutcome> {
      const drawn = await drawTrace(trace, inputFiles(volume), seed);
      if (drawn.kind === "unreadable") {
        return executionError("LoadImage", drawn.nodeId, "cannot identify image file");
      }
      const key = `${OUTPUT_FOLDER}${drawn.filename}`;
      volume.write(key, drawn.png);
      // Whoever sent the pictures wants them only once.
      for (const name of inputNames(volume)) {
        if (JSON.stringify(checked).includes(JSON.stringify(name))) {
          volume.remove(INPUT_FOLDER + name);
        }
      }
      const files = [MOUNT + key];
      const output = { prompt_id: randomUUID(), files, file_count: files.length };
      return { kind: "output", output };
    },
  };
}

function inputNames({ objects }: Volume): string[] {
  return [...objects.keys()]
    .filter((key) => key.startsWith(INPUT_FOLDER))
    .map((key) => key.slice(INPUT_FOLDER.length));
}

function inputFiles({ objects }: Volume): Map<string, Buffer> {
  return new Map(
    [...objects.values()]
      .filter(({ key }) => key.startsWith(INPUT_FOLDER))
      .map(({ key, bytes }) => [key.slice(INPUT_FOLDER.length), bytes]),
  );
}

function refused(error: string): WorkerRun {
  return { sampler: null, draw: async () => ({ kind: "error", error, details: null }) };
}
