import type { ApiGraph } from "@ob/workflow";
import * as z from "zod";

export type GraphNode = ApiGraph[string];

/** A file and the node that loads it. */
export interface FileTrace {
  file: string;
  nodeId: string;
}

/** `[nodeId, slot]`. */
export const Link = z.tuple([z.string(), z.number()]);

/** The node and everything it depends on, nearest first. */
export function nodesUpstream(graph: ApiGraph, startId: string): [string, GraphNode][] {
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

/** The same from what a link points at; empty when the value is no link. */
export function upstreamOf(graph: ApiGraph, value: unknown): [string, GraphNode][] {
  const link = Link.safeParse(value);
  return link.success ? nodesUpstream(graph, link.data[0]) : [];
}

/** A finite number, or what else was asked for. */
export function toNumber(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** A text, or `null`. */
export function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
