import type { ApiGraph } from "@ob/workflow";
import { z } from "zod";

type GraphNode = ApiGraph[string];

/** What the graph will make ComfyUI draw. */
export interface GraphTrace {
  samplerId: string;
  steps: number;
  seed: number;
  prompt: string;
  image: FileTrace;
  /** Size of the empty latent, in px; `null` when the picture itself is the latent. */
  latentSize: { width: number; height: number } | null;
  mask: MaskTrace | null;
  filePrefix: string;
}

/** A file and the node that loads it. */
export interface FileTrace {
  file: string;
  nodeId: string;
}

export interface MaskTrace extends FileTrace {
  channel: "red" | "green" | "blue" | "alpha";
  growPx: number;
  blurPx: number;
}

const Link = z.tuple([z.string(), z.number()]);
const Channel = z.enum(["red", "green", "blue", "alpha"]);

/** Follows a valid graph from its SaveImage back to the files it reads; `null` when it edits no file. */
export function traceGraph(graph: ApiGraph): GraphTrace | null {
  const save = Object.entries(graph).find(([, node]) => node.class_type === "SaveImage");
  if (save === undefined) return null;
  const upstream = nodesUpstream(graph, save[0]);
  const sampler = upstream.find(([, node]) => node.class_type.startsWith("KSampler"));
  if (sampler === undefined) return null;
  const [samplerId, { inputs }] = sampler;
  const picture = upstreamOf(graph, inputs["latent_image"]).concat(
    upstreamOf(graph, inputs["positive"]),
  );
  const image = pictureFile(graph, picture);
  if (image === null) return null;
  return {
    samplerId,
    steps: toNumber(inputs["steps"], 1),
    seed: toNumber(inputs["seed"] ?? inputs["noise_seed"], 0),
    prompt: promptText(upstreamOf(graph, inputs["positive"])),
    image,
    latentSize: emptyLatentSize(upstreamOf(graph, inputs["latent_image"])),
    mask: firstMask(graph, upstream),
    filePrefix: toText(save[1].inputs["filename_prefix"]) ?? "ComfyUI",
  };
}

/** The node and everything it depends on, nearest first. */
function nodesUpstream(graph: ApiGraph, startId: string): [string, GraphNode][] {
  const seen = new Set([startId]);
  // A Set is visited in order of insertion, also what is added on the way: a breadth-first walk.
  for (const id of seen) {
    for (const value of Object.values(graph[id]?.inputs ?? {})) {
      const link = Link.safeParse(value);
      if (link.success) seen.add(link.data[0]);
    }
  }
  return [...seen].flatMap((id): [string, GraphNode][] => {
    const node = graph[id];
    return node === undefined ? [] : [[id, node]];
  });
}

function upstreamOf(graph: ApiGraph, value: unknown): [string, GraphNode][] {
  const link = Link.safeParse(value);
  return link.success ? nodesUpstream(graph, link.data[0]) : [];
}

// The latent's own pixels come first; with an empty latent the encoder's first picture counts.
function pictureFile(graph: ApiGraph, nodes: [string, GraphNode][]): FileTrace | null {
  for (const key of ["pixels", "image1"]) {
    for (const [, node] of nodes) {
      const loads = upstreamOf(graph, node.inputs[key]).find(
        ([, each]) => each.class_type === "LoadImage",
      );
      const file = toText(loads?.[1].inputs["image"]);
      if (loads !== undefined && file !== null) return { file, nodeId: loads[0] };
    }
  }
  return null;
}

function firstMask(graph: ApiGraph, nodes: [string, GraphNode][]): MaskTrace | null {
  for (const [, node] of nodes) {
    const mask = walkMask(graph, node.inputs["mask"]);
    if (mask !== null) return mask;
  }
  return null;
}

/** Follows one mask link to its file, adding up how far it is grown and blurred on the way. */
function walkMask(graph: ApiGraph, start: unknown): MaskTrace | null {
  let link = Link.safeParse(start);
  let growPx = 0;
  let blurPx = 0;
  let channel: MaskTrace["channel"] = "alpha";
  for (let hops = 0; link.success && hops < 32; hops += 1) {
    const [nodeId] = link.data;
    const node = graph[nodeId];
    if (node === undefined) return null;
    if (node.class_type === "GrowMask") growPx += toNumber(node.inputs["expand"], 0);
    if (node.class_type === "ImageBlur") blurPx += toNumber(node.inputs["blur_radius"], 0);
    const named = Channel.safeParse(node.inputs["channel"]);
    if (named.success) channel = named.data;
    if (node.class_type === "LoadImage" || node.class_type === "LoadImageMask") {
      const file = toText(node.inputs["image"]);
      return file === null ? null : { file, nodeId, channel, growPx: Math.max(0, growPx), blurPx };
    }
    link = Link.safeParse(node.inputs["mask"] ?? node.inputs["image"]);
  }
  return null;
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

function toNumber(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
