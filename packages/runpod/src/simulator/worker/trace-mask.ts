import type { ApiGraph } from "@ob/workflow";
import * as z from "zod";

import { Link, toNumber, toText, type FileTrace, type GraphNode } from "./walk-graph.ts";

/** A mask's file and what the graph makes of it; all in px. */
export interface MaskTrace extends FileTrace {
  channel: "red" | "green" | "blue" | "alpha";
  growPx: number;
  blurPx: number;
}

const Channel = z.enum(["red", "green", "blue", "alpha"]);

/** The first mask any of the nodes takes, `null` when there is none. */
export function traceMask(
  graph: ApiGraph,
  nodes: readonly (readonly [string, GraphNode])[],
): MaskTrace | null {
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
