import { Buffer } from "node:buffer";

import { checkGraph } from "@ob/workflow";

import { drawTrace } from "./draw-trace.ts";
import type { InputFolder } from "./input-folder.ts";
import type { WorkerOutcome } from "./outcome.ts";
import { loseIfTooBig } from "./outcome.ts";
import { refuseGraph } from "./refuse-graph.ts";
import type { GraphTrace } from "./trace-graph.ts";
import { traceGraph } from "./trace-graph.ts";
import type { WorkerInput } from "./validate-input.ts";
import { readGraph, validateInput } from "./validate-input.ts";

/** A job a worker has begun. */
export interface WorkerRun {
  /** The node that reports steps; `null` when the job was refused before sampling. */
  sampler: { nodeId: string; steps: number } | null;
  draw: () => Promise<WorkerOutcome>;
}

/**
 * Begins a job as worker-comfyui does: check the input, upload the pictures into ComfyUI's input folder
 * over whatever bears their name, check the graph, draw from what the folder holds by then.
 */
export function beginComfyJob(
  input: unknown,
  { seed, folder }: { seed: number; folder: InputFolder },
): WorkerRun {
  const job = validateInput(input);
  if (typeof job === "string") return refusedRun(job);
  const files = decodeImages(job.images);
  if (files === null) {
    const details = job.images.map(
      ({ name }) => `Error decoding base64 for ${name}: Incorrect padding`,
    );
    return refusedRun("Failed to upload one or more input images", details);
  }
  for (const [name, bytes] of files) folder.put(name, bytes);
  const refusal = refuseGraph(
    checkGraph(job.workflow, { files: [...folder.files.keys()], profile: "comfyui" }),
  );
  if (refusal !== null) return refusedRun(refusal);
  const graph = readGraph(job.workflow);
  const trace = graph === null ? null : traceGraph(graph);
  if (trace === null) {
    return refusedRun("Job processing failed", ["No outputs found in history for prompt."]);
  }
  return {
    sampler: { nodeId: trace.samplerId, steps: trace.steps },
    draw: () => drawOutcome(trace, folder.files, seed),
  };
}

async function drawOutcome(
  trace: GraphTrace,
  files: ReadonlyMap<string, Buffer>,
  simulatorSeed: number,
): Promise<WorkerOutcome> {
  const drawn = await drawTrace(trace, files, simulatorSeed);
  switch (drawn.kind) {
    case "picture":
      return loseIfTooBig({ kind: "images", images: [drawn] });
    case "unreadable":
      // PIL's words; our own library's would not be ComfyUI's.
      return executionError("LoadImage", drawn.nodeId, "cannot identify image file");
  }
}

/** The details that go with a failure while ComfyUI runs the graph. */
export function executionError(nodeType: string, nodeId: string, message: string): WorkerOutcome {
  const text = `Node Type: ${nodeType}, Node ID: ${nodeId}, Message: ${message}`;
  return {
    kind: "error",
    error: "Job processing failed",
    details: [`Workflow execution error: ${text}`],
  };
}

function refusedRun(error: string, details: readonly string[] | null = null): WorkerRun {
  return { sampler: null, draw: async () => ({ kind: "error", error, details }) };
}

function decodeImages(images: WorkerInput["images"]): Map<string, Buffer> | null {
  const files = new Map<string, Buffer>();
  for (const { name, base64 } of images) {
    const data = base64.includes(",") ? base64.slice(base64.indexOf(",") + 1) : base64;
    if (data.replaceAll(/[^A-Za-z0-9+/]/g, "").length % 4 === 1) return null;
    files.set(name, Buffer.from(data, "base64"));
  }
  return files;
}
