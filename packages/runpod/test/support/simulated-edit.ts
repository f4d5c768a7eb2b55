import { GPU_SERVICES, type ApiGraph, type BoundGraph, type GpuService } from "@ob/workflow";
import sharp from "sharp";

import type { AttemptRequest } from "../../src/backend.ts";

/** The service every end-to-end test edits with. */
export function editService(): GpuService {
  const service = GPU_SERVICES.find(({ id }) => id === "qwen-image-edit");
  if (service === undefined) throw new Error("The service qwen-image-edit is missing.");
  return service;
}

export interface SimulatedEdit {
  attempt: AttemptRequest;
  bound: BoundGraph;
  canvas: { width: number; height: number };
}

/** One edit as the studio would send it: our own bound graph, with or without a mask. */
export async function simulatedEdit(
  over: { mode?: string; masked?: boolean; filePrefix?: string; webhookUrl?: string } = {},
): Promise<SimulatedEdit> {
  const service = editService();
  const masked = over.masked ?? true;
  const mode = over.mode ?? "fast";
  const plan = service.planCanvas({
    params: {},
    editsPicture: true,
    picture: { width: 900, height: 600 },
    maskBounds: masked ? { x: 300, y: 200, width: 200, height: 200 } : null,
    ratio: "original",
    mode,
  });
  const files = { images: ["picture-1.png"], mask: masked ? "mask-1.png" : null };
  const bound = service.bind({
    mode,
    seed: 4_242,
    params: {},
    promptEn: "Replace the background with white. Keep everything else.",
    plan,
    files,
    filePrefix: over.filePrefix ?? "ob-attempt-1",
  });
  const images = [{ name: "picture-1.png", bytes: await flatPng(plan.canvas, "#886644") }];
  if (files.mask !== null)
    images.push({ name: files.mask, bytes: await flatPng(plan.canvas, "#fff") });
  return {
    bound,
    canvas: plan.canvas,
    attempt: {
      graph: bound.graph,
      images,
      webhookUrl: over.webhookUrl ?? null,
      executionTimeoutMs: 300_000,
      ttlMs: 600_000,
    },
  };
}

/** A copy of the graph with one node's input set; `undefined` removes it. */
export function withInput(
  graph: ApiGraph,
  nodeId: string,
  input: Record<string, unknown>,
): ApiGraph {
  const copy = structuredClone(graph);
  const node = copy[nodeId];
  if (node === undefined) throw new Error(`The graph has no node ${nodeId}.`);
  const inputs = Object.entries({ ...node.inputs, ...input });
  node.inputs = Object.fromEntries(inputs.filter(([, value]) => value !== undefined));
  return copy;
}

/** The id of the only node of a class. */
export function nodeOf(graph: ApiGraph, classType: string): string {
  const ids = Object.keys(graph).filter((id) => graph[id]?.class_type === classType);
  const [id] = ids;
  if (id === undefined || ids.length > 1)
    throw new Error(`${ids.length} nodes are a ${classType}.`);
  return id;
}

function flatPng(size: { width: number; height: number }, background: string): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toBuffer();
}
