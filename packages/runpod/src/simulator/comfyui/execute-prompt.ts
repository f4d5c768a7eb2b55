import type { Clock } from "../clock.ts";
import { drawTrace } from "../worker/draw-trace.ts";
import { traceGraph, type GraphTrace } from "../worker/trace-graph.ts";
import { readGraph } from "../worker/validate-input.ts";
import type { FileStore } from "./file-store.ts";
import type { PromptEnd } from "./mishaps.ts";
import type { HistoryEntry, SimulatedPrompt } from "./prompt.ts";
import type { SocketHub } from "./socket-hub.ts";

const SLOW_FACTOR = 5;

/** ComfyUI's own words when the GPU's memory is full. */
const OUT_OF_MEMORY =
  "Allocation on device \nThis error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.";

export interface ExecutionTools {
  clock: Clock;
  gpuMs: number;
  seed: number;
  files: FileStore;
  hub: SocketHub;
  /** One JPEG that stands for every preview; `null`: none is sent. */
  preview: Uint8Array | null;
  log: (line: object) => void;
}

/** How a prompt's nodes ended. */
export type ExecutionEnd =
  | { kind: "success"; outputs: HistoryEntry["outputs"] }
  | { kind: "error"; nodeId: string; nodeType: string; message: string; exceptionType: string };

/**
 * Runs a prompt's nodes as its plan says, step by step. `end` comes at most once, and never for one
 * that hangs or whose timers were called off.
 */
export function executePrompt(
  tools: ExecutionTools,
  prompt: SimulatedPrompt,
  end: (result: ExecutionEnd) => void,
): void {
  const gpuMs = tools.gpuMs * (prompt.plan.slow ? SLOW_FACTOR : 1);
  const graph = readGraph(prompt.item[2]);
  const trace = graph === null ? null : traceGraph(graph);
  const samplerId = trace?.samplerId ?? "1";
  moveTo(tools, prompt, samplerId);
  if (trace !== null) planSteps(tools, prompt, { samplerId, steps: trace.steps, gpuMs });
  switch (prompt.plan.end) {
    case "hang":
      return;
    case "oom":
    case "fail":
      tools.log({ event: "prompt.drawn", id: prompt.id });
      prompt.timers.plan(gpuMs / 2, () => end(failureOf(prompt.plan.end, samplerId)));
      return;
    case "no-output":
      tools.log({ event: "prompt.drawn", id: prompt.id });
      prompt.timers.plan(gpuMs, () => end({ kind: "success", outputs: {} }));
      return;
    case "ok":
      drawAndEnd(tools, prompt, { trace, gpuMs, end });
      return;
  }
}

function failureOf(planned: PromptEnd, samplerId: string): ExecutionEnd {
  const at = { kind: "error", nodeId: samplerId, nodeType: "KSampler" } as const;
  return planned === "oom"
    ? { ...at, message: OUT_OF_MEMORY, exceptionType: "torch.OutOfMemoryError" }
    : { ...at, message: "CUDA error: an illegal memory access", exceptionType: "RuntimeError" };
}

function drawAndEnd(
  tools: ExecutionTools,
  prompt: SimulatedPrompt,
  o: { trace: GraphTrace | null; gpuMs: number; end: (result: ExecutionEnd) => void },
): void {
  const startedAtMs = tools.clock.now();
  const finish = (result: ExecutionEnd): void => {
    tools.log({ event: "prompt.drawn", id: prompt.id });
    if (prompt.status !== "IN_PROGRESS") return;
    // Drawing goes on while the GPU time passes; a file that is no picture takes none.
    const leftMs = result.kind === "error" ? 0 : startedAtMs + o.gpuMs - tools.clock.now();
    prompt.timers.plan(leftMs, () => o.end(result));
  };
  if (o.trace === null) {
    finish({ kind: "success", outputs: {} });
    return;
  }
  void draw(tools, prompt, o.trace).then(finish, (error: unknown) =>
    finish({
      kind: "error",
      nodeId: o.trace?.samplerId ?? "1",
      nodeType: "KSampler",
      message: String(error),
      exceptionType: "RuntimeError",
    }),
  );
}

async function draw(
  tools: ExecutionTools,
  prompt: SimulatedPrompt,
  trace: GraphTrace,
): Promise<ExecutionEnd> {
  const drawn = await drawTrace(trace, tools.files.all("input"), tools.seed);
  if (drawn.kind === "unreadable") {
    return {
      kind: "error",
      nodeId: drawn.nodeId,
      nodeType: "LoadImage",
      message: "cannot identify image file",
      exceptionType: "PIL.UnidentifiedImageError",
    };
  }
  // A prompt that ended meanwhile has saved nothing.
  if (prompt.status !== "IN_PROGRESS") return { kind: "success", outputs: {} };
  const filename = tools.files.save(trace.filePrefix, drawn.png);
  const [outputId = "1"] = prompt.item[4];
  const images = [{ filename, subfolder: "", type: "output" }];
  return { kind: "success", outputs: { [outputId]: { images } } };
}

/** A node begins its work. */
export function moveTo(
  { hub }: Pick<ExecutionTools, "hub">,
  prompt: SimulatedPrompt,
  node: string | null,
): void {
  prompt.node = node;
  if (prompt.clientId === null) return;
  const display = node === null ? {} : { display_node: node };
  hub.send(prompt.clientId, {
    type: "executing",
    data: { node, ...display, prompt_id: prompt.id },
  });
}

/** ComfyUI tells of each step when it is done, the last one included; then the picture is decoded. */
function planSteps(
  tools: ExecutionTools,
  prompt: SimulatedPrompt,
  { samplerId, steps, gpuMs }: { samplerId: string; steps: number; gpuMs: number },
): void {
  for (let value = 1; value <= steps; value += 1) {
    // The last step comes a moment before the end: decoding and saving follow it.
    const atMs = (gpuMs * value) / (steps + 1);
    prompt.timers.plan(atMs, () => tellStep(tools, prompt, { samplerId, value, max: steps }));
  }
}

export function tellStep(
  { hub, preview }: Pick<ExecutionTools, "hub" | "preview">,
  prompt: SimulatedPrompt,
  { samplerId, value, max }: { samplerId: string; value: number; max: number },
): void {
  const { clientId, id } = prompt;
  if (clientId === null) return;
  const state = value < max ? "running" : "finished";
  const node = {
    value,
    max,
    state,
    node_id: samplerId,
    prompt_id: id,
    display_node_id: samplerId,
    parent_node_id: null,
    real_node_id: samplerId,
  };
  hub.send(clientId, {
    type: "progress_state",
    data: { prompt_id: id, nodes: { [samplerId]: node } },
  });
  hub.send(clientId, { type: "progress", data: { value, max, prompt_id: id, node: samplerId } });
  if (preview === null) return;
  hub.sendPreview(clientId, { promptId: id, nodeId: samplerId, jpeg: preview });
}
