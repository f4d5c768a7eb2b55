import type { ApiGraph } from "@ob/workflow";

import { traceMask, type MaskTrace } from "./trace-mask.ts";
import {
  nodesUpstream,
  toNumber,
  toText,
  upstreamOf,
  type FileTrace,
  type GraphNode,
} from "./walk-graph.ts";

/** What the graph will make ComfyUI draw. */
export interface GraphTrace {
  samplerId: string;
  steps: number;
  seed: number;
  /** Share of the picture's own latent that is drawn anew, 0…1. */
  denoise: number;
  prompt: string;
  image: PictureTrace;
  /** Pictures 2 and 3, as far as the instruction is shown them. */
  extras: readonly FileTrace[];
  /** Size of the empty latent, in px; `null` when the picture itself is the latent. */
  latentSize: { width: number; height: number } | null;
  mask: MaskTrace | null;
  filePrefix: string;
}

/** A picture's file, and the ImageScaleToTotalPixels it passes, `null` when it passes none. */
export interface PictureTrace extends FileTrace {
  totalPixels: { megapixels: number; resolutionSteps: number } | null;
}

/** Follows a valid graph from its SaveImage back to the files it reads; `null` when it edits no file. */
export function traceGraph(graph: ApiGraph): GraphTrace | null {
  const save = Object.entries(graph).find(([, node]) => node.class_type === "SaveImage");
  if (save === undefined) return null;
  const upstream = nodesUpstream(graph, save[0]);
  const sampler = upstream.find(([, node]) => node.class_type.startsWith("KSampler"));
  if (sampler === undefined) return null;
  const [samplerId, { inputs }] = sampler;
  const latent = upstreamOf(graph, inputs["latent_image"]);
  const positive = upstreamOf(graph, inputs["positive"]);
  const image = editedPicture(graph, [...latent, ...positive]);
  if (image === null) return null;
  return {
    samplerId,
    steps: toNumber(inputs["steps"], 1),
    seed: toNumber(inputs["seed"] ?? inputs["noise_seed"], 0),
    denoise: Math.min(1, Math.max(0, toNumber(inputs["denoise"], 1))),
    prompt: promptText(positive),
    image,
    extras: ["image2", "image3"].flatMap((key) => pictureAt(graph, { nodes: positive, key }) ?? []),
    latentSize: emptyLatentSize(latent),
    mask: traceMask(graph, upstream),
    filePrefix: toText(save[1].inputs["filename_prefix"]) ?? "ComfyUI",
  };
}

// The latent's own pixels come first; with an empty latent the encoder's first picture counts.
function editedPicture(graph: ApiGraph, nodes: [string, GraphNode][]): PictureTrace | null {
  for (const key of ["pixels", "image1"]) {
    for (const [, node] of nodes) {
      const upstream = upstreamOf(graph, node.inputs[key]);
      const loaded = loadedFile(upstream);
      if (loaded !== null) return { ...loaded, totalPixels: totalPixels(upstream) };
    }
  }
  return null;
}

function pictureAt(
  graph: ApiGraph,
  o: { nodes: [string, GraphNode][]; key: string },
): FileTrace | null {
  for (const [, node] of o.nodes) {
    const loaded = loadedFile(upstreamOf(graph, node.inputs[o.key]));
    if (loaded !== null) return loaded;
  }
  return null;
}

function loadedFile(nodes: [string, GraphNode][]): FileTrace | null {
  const loads = nodes.find(([, node]) => node.class_type === "LoadImage");
  const file = toText(loads?.[1].inputs["image"]);
  return loads === undefined || file === null ? null : { file, nodeId: loads[0] };
}

function totalPixels(nodes: [string, GraphNode][]): PictureTrace["totalPixels"] {
  const scale = nodes.find(([, node]) => node.class_type === "ImageScaleToTotalPixels")?.[1];
  if (scale === undefined) return null;
  return {
    megapixels: toNumber(scale.inputs["megapixels"], 1),
    resolutionSteps: toNumber(scale.inputs["resolution_steps"], 1),
  };
}

function promptText(nodes: [string, GraphNode][]): string {
  for (const [, node] of nodes) {
    const text = toText(node.inputs["prompt"] ?? node.inputs["text"]);
    if (text !== null) return text;
  }
  return "";
}

function emptyLatentSize(nodes: [string, GraphNode][]): GraphTrace["latentSize"] {
  const empty = nodes.find(([, node]) => /^Empty.*Latent/.test(node.class_type))?.[1];
  if (empty === undefined) return null;
  const width = toNumber(empty.inputs["width"], 1_024);
  return { width, height: toNumber(empty.inputs["height"], 1_024) };
}
