import type { ApiGraph, ApiNode } from "../api-graph.ts";
import { graphProblem, type ConvertProblem, type ReportProblem } from "./convert-problem.ts";
import type { ChooseAlternative } from "./dynamic-prompt.ts";
import { innerFrame, rootFrame, type Frame } from "./frame.ts";
import { unfoldGroupNodes } from "./group-nodes.ts";
import { MODE_BYPASS, MODE_NEVER, type LiveNode } from "./live-node.ts";
import { buildLiveGraph } from "./build-live-graph.ts";
import type { LiveScope } from "./live-scope.ts";
import { readNodeSpecs } from "./node-spec.ts";
import { readUiGraph } from "./read-ui-graph.ts";
import { resolveInput } from "./resolve-input.ts";
import {
  ownSentValue,
  roundToStep,
  valueProblem,
  wrapValue,
  type Surroundings,
} from "./sent-value.ts";

/** What the conversion needs beside the graph. */
export interface ConvertOptions {
  /** The body of the server's `GET /object_info`. */
  objectInfo: unknown;
  /** Picks from `{a|b}` in prompts; default: the first alternative. */
  choose?: ChooseAlternative;
  /** The time for `%date:…%` in file names; default null leaves it standing. */
  now?: Date | null;
}

export type ConvertResult =
  | { ok: true; graph: ApiGraph }
  | { ok: false; problems: readonly ConvertProblem[] };

/** Subgraphs multiply: a small file may unfold into more nodes than any memory holds. */
const MAX_NODES = 50_000;

/**
 * Converts a workflow as ComfyUI's front end saves it to the API format that `POST /prompt` takes.
 * Whole numbers beyond 2^53 that came in as bigint go out as bigint: print with `printGraphJson`.
 * @see https://github.com/Comfy-Org/ComfyUI_frontend (graphToPrompt, ExecutableNodeDTO)
 */
export function convertUiGraph(graph: unknown, options: ConvertOptions): ConvertResult {
  const problems: ConvertProblem[] = [];
  const report: ReportProblem = (problem) => problems.push(problem);
  const specs = readNodeSpecs(options.objectInfo);
  if (specs === null)
    report(graphProblem("bad_object_info", "The node types are no /object_info."));
  const read = readUiGraph(graph, report);
  if (read === null || specs === null || problems.length > 0) return { ok: false, problems };
  const ui = unfoldGroupNodes(read, { document: graph, report });
  const live = buildLiveGraph(ui, { specs, report });
  if (live === null) return { ok: false, problems };
  const around: Surroundings = {
    choose: options.choose ?? (() => 0),
    now: options.now ?? null,
    nodes: allNodes(live),
  };
  const nodes = new Map<string, ApiNode>();
  addFrame(rootFrame(live), { nodes, visited: 0, around, report });
  if (problems.length > 0) return { ok: false, problems };
  dropLinksToNowhere(nodes);
  return { ok: true, graph: Object.fromEntries(nodes) };
}

/** The nodes of the graph, each subgraph's once for each instance's place, as the front end walks them. */
function allNodes(root: LiveScope): LiveNode[] {
  const seen = new Set<LiveScope>();
  const found: LiveNode[] = [];
  const visit = (scope: LiveScope): void => {
    if (seen.has(scope)) return;
    seen.add(scope);
    found.push(...scope.nodes.values());
    for (const inside of scope.insides.values()) visit(inside);
  };
  visit(root);
  return found;
}

interface Output {
  nodes: Map<string, ApiNode>;
  /** How many nodes were looked at, executed or not. */
  visited: number;
  around: Surroundings;
  report: ReportProblem;
}

/** Adds the executed nodes of a frame; false when there are too many. */
function addFrame(frame: Frame, out: Output): boolean {
  for (const node of frame.scope.nodes.values()) {
    out.visited += 1;
    if (out.visited > MAX_NODES) {
      out.report(
        graphProblem("too_many_nodes", `The graph unfolds into more than ${MAX_NODES} nodes.`),
      );
      return false;
    }
    if (node.mode === MODE_NEVER || node.mode === MODE_BYPASS) continue;
    switch (node.kind) {
      case "subgraph": {
        const inner = innerFrame(frame, node.id);
        if (inner !== null && !addFrame(inner, out)) return false;
        break;
      }
      case "class":
        out.nodes.set(frame.prefix + node.id, apiNode(frame, node, out));
        break;
      case "unknown":
        out.report(unknownClass(frame, node));
        break;
      case "reroute":
      case "primitive":
      case "note":
        break;
    }
  }
  return true;
}

/** Types of group nodes, which older front ends had before subgraphs. */
const GROUP_NODE = /^workflow[>/]/;

function unknownClass(frame: Frame, node: LiveNode): ConvertProblem {
  const isGroup = GROUP_NODE.test(node.classType);
  return {
    nodeId: frame.prefix + node.id,
    title: node.title,
    reason: isGroup ? "group_node" : "unknown_class",
    message: isGroup
      ? "This is a group node that does not fit its template: convert it to a subgraph in ComfyUI and save again."
      : `The server has no class ${JSON.stringify(node.classType)}; a custom node may be missing.`,
  };
}

function apiNode(frame: Frame, node: LiveNode, out: Output): ApiNode {
  const inputs = new Map<string, unknown>();
  const browser = new Set<string>();
  for (const widget of node.widgets) {
    if (widget.kind === "browser") browser.add(widget.name);
    else if (widget.kind !== "button") {
      inputs.set(widget.name, ownSentValue(node, widget, out.around));
    }
  }
  for (const [slot, input] of node.inputs.entries()) {
    const source = resolveInput(frame, node, slot);
    switch (source.from) {
      case "own":
        break;
      case "problem":
        out.report(source.problem);
        break;
      case "promoted":
      case "primitive": {
        const widget = node.widgets.find(({ name }) => name === input.name);
        if (widget === undefined) break;
        const value =
          source.from === "primitive" ? roundToStep(source.value, widget) : source.value;
        browser.delete(input.name);
        inputs.set(input.name, wrapValue(value, widget.kind === "curve"));
        break;
      }
      case "node":
        browser.delete(input.name);
        inputs.set(input.name, [source.nodeId, source.slot]);
        break;
    }
  }
  const at = { nodeId: frame.prefix + node.id, title: node.title };
  for (const name of browser) {
    out.report({
      ...at,
      reason: "needs_browser",
      message: `The value of ${name} is made in a browser.`,
    });
  }
  for (const [name, value] of inputs) {
    if (value === undefined) inputs.delete(name);
    const reason = valueProblem(value);
    if (reason !== null)
      out.report({ ...at, reason, message: `The value of ${name} cannot be sent.` });
  }
  return {
    class_type: node.classType,
    inputs: Object.fromEntries(inputs),
    _meta: { title: node.title },
  };
}

/** A link to a node that is not executed (a class behind a muted one) leaves its input out. */
function dropLinksToNowhere(nodes: ReadonlyMap<string, ApiNode>): void {
  for (const node of nodes.values()) {
    for (const [name, value] of Object.entries(node.inputs)) {
      if (Array.isArray(value) && !nodes.has(String(value[0]))) delete node.inputs[name];
    }
  }
}
