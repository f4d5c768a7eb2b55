import {
  createServiceRegistry,
  GPU_SERVICES,
  outputToCanvas,
  type ApiGraph,
  type BoundGraph,
  type CanvasPlan,
  type GpuService,
} from "@ob/workflow";
import sharp from "sharp";

import type { AttemptRequest } from "../../src/backend.ts";

/** What an edit is made of; what is left out is an edit of one picture through a painted mask. */
export interface EditChoices {
  /** Such as `photo-restore@1`; the current qwen-image-edit when left out. */
  version?: string;
  mode?: string;
  masked?: boolean;
  /** Pictures besides the first. */
  extras?: number;
  ratio?: string;
  /** False: nothing but the ratio changes. */
  editsPicture?: boolean;
  params?: Readonly<Record<string, number>>;
  filePrefix?: string;
  webhookUrl?: string;
}

export interface SimulatedEdit {
  attempt: AttemptRequest;
  bound: BoundGraph;
  plan: CanvasPlan;
  canvas: { width: number; height: number };
}

const PAINTED = { x: 300, y: 200, width: 200, height: 200 };

/** One edit as the studio would send it: our own bound graph, with or without a mask. */
export async function simulatedEdit(over: EditChoices = {}): Promise<SimulatedEdit> {
  const service = serviceOf(over.version);
  const masked = over.masked ?? service.contract.mask !== "none";
  const mode = over.mode ?? service.contract.modes[0]?.id ?? "";
  const defaults = service.contract.params.map(({ id, default: value }) => [id, value] as const);
  const params = { ...Object.fromEntries(defaults), ...over.params };
  const plan = service.planCanvas({
    params,
    editsPicture: over.editsPicture ?? true,
    picture: { width: 900, height: 600 },
    maskBounds: masked ? PAINTED : null,
    ratio: over.ratio ?? "original",
    mode,
  });
  const extras = Array.from({ length: over.extras ?? 0 }, (_, at) => `picture-${at + 2}.png`);
  const files = {
    images: ["picture-1.png", ...extras],
    mask: plan.mask === null ? null : "mask-1.png",
  };
  const bound = service.bind({
    mode,
    seed: 4_242,
    params,
    promptEn: "Replace the background with white. Keep everything else.",
    plan,
    files,
    filePrefix: over.filePrefix ?? "ob-attempt-1",
  });
  const images = [
    { name: "picture-1.png", bytes: await canvasPng(plan) },
    ...(await Promise.all(
      extras.map(async (name) => ({
        name,
        bytes: await flatPng({ width: 640, height: 480 }, "#2266cc"),
      })),
    )),
    ...(files.mask === null ? [] : [{ name: files.mask, bytes: await maskPng(plan, masked) }]),
  ];
  return {
    bound,
    plan,
    canvas: plan.canvas,
    attempt: {
      graph: bound.graph,
      images,
      filePrefix: over.filePrefix ?? "ob-attempt-1",
      webhookUrl: over.webhookUrl ?? null,
      executionTimeoutMs: 300_000,
      ttlMs: 600_000,
    },
  };
}

function serviceOf(version: string | undefined): GpuService {
  const registry = createServiceRegistry(GPU_SERVICES);
  const service =
    version === undefined ? registry.current("qwen-image-edit") : registry.version(version);
  if (service === null) throw new Error(`There is no service ${version ?? "qwen-image-edit"}.`);
  return service;
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

/** A flat brown source on the canvas, its margins grey. */
function canvasPng(plan: CanvasPlan): Promise<Buffer> {
  const { placed } = plan;
  return withBox(plan, { box: placed, inside: "#886644", outside: "#808080" });
}

/** White where something is painted (or the source ends), black elsewhere. */
async function maskPng(plan: CanvasPlan, isPainted: boolean): Promise<Buffer> {
  const { placed, output } = plan;
  const margins = await withBox(plan, { box: placed, inside: "#000", outside: "#fff" });
  if (!isPainted) return margins;
  const scale = placed.width / plan.source.width;
  const box = {
    x: placed.x + Math.floor(PAINTED.x * scale),
    y: placed.y + Math.floor(PAINTED.y * scale),
    width: Math.ceil(PAINTED.width * scale),
    height: Math.ceil(PAINTED.height * scale),
  };
  const painted = await withBox(plan, { box, inside: "#fff", outside: "#000" });
  const hasMargins = output.width > placed.width || output.height > placed.height;
  if (!hasMargins) return painted;
  return sharp(margins)
    .composite([{ input: painted, blend: "lighten" }])
    .png()
    .toBuffer();
}

/** A canvas of two colours, inside and outside of a box of the output. */
async function withBox(
  plan: CanvasPlan,
  o: {
    box: { x: number; y: number; width: number; height: number };
    inside: string;
    outside: string;
  },
): Promise<Buffer> {
  const { x, y, width, height } = o.box;
  const from = outputToCanvas(plan, { x, y });
  const to = outputToCanvas(plan, { x: x + width, y: y + height });
  // What touches the scaled area's edge goes on into the padding, as replicated edge pixels do.
  const left = x === 0 ? 0 : Math.max(0, Math.round(from.x));
  const top = y === 0 ? 0 : Math.max(0, Math.round(from.y));
  const right = x + width === plan.output.width ? plan.canvas.width : Math.round(to.x);
  const bottom = y + height === plan.output.height ? plan.canvas.height : Math.round(to.y);
  const size = {
    width: Math.min(plan.canvas.width, right) - left,
    height: Math.min(plan.canvas.height, bottom) - top,
  };
  return sharp({ create: { ...plan.canvas, channels: 3, background: o.outside } })
    .composite([{ input: await flatPng(size, o.inside), left, top }])
    .png()
    .toBuffer();
}
