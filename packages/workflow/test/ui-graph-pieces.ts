import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ConvertProblemCode } from "../src/graph/convert/convert-problem.ts";
import { convertUiGraph, type ConvertResult } from "../src/graph/convert/convert-ui-graph.ts";
import { parseGraphJson } from "../src/graph/parse-graph-json.ts";

const TEST = join(import.meta.dirname, "ui-graphs");
/** The classes of the recorded graphs. */
export const OBJECT_INFO = parseGraphJson(readFileSync(join(TEST, "object-info.json"), "utf8"));

/** What a graph becomes with them. */
export function convert(
  graph: unknown,
  more: { now?: Date; choose?: (count: number) => number } = {},
) {
  return convertUiGraph(graph, { objectInfo: OBJECT_INFO, ...more });
}

/** Why a graph was refused; empty when it was not. */
export function reasons(result: ConvertResult): ConvertProblemCode[] {
  return result.ok ? [] : result.problems.map((problem) => problem.reason);
}

export function loader(id: unknown, more: object = {}): object {
  return { id, type: "LoadImage", widgets_values: ["a.png", "image"], ...more };
}

export function saver(id: unknown, link: unknown, more: object = {}): object {
  return {
    id,
    type: "SaveImage",
    inputs: [{ name: "images", type: "IMAGE", link }],
    widgets_values: ["out"],
    ...more,
  };
}

export function reroute(id: number, link: number): object {
  return {
    id,
    type: "Reroute",
    inputs: [{ name: "", type: "*", link }],
    outputs: [{ name: "", type: "*" }],
  };
}
