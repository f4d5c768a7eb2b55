import type { CheckedNode } from "./check-node.ts";
import type { GraphError } from "./graph-verdict.ts";
import type { NodeTypes } from "./node-types.ts";
import { pythonStr } from "./python-text.ts";

type Reading = { ok: true; nodes: Map<string, CheckedNode> } | { ok: false; error: GraphError };

/** Reads a graph's nodes; stops at the first whose class is missing or unknown, as ComfyUI does. */
export function readNodes(graph: unknown, nodeTypes: NodeTypes): Reading {
  if (!isObject(graph)) return invalidGraph("the graph is not an object of nodes");
  if (Object.hasOwn(graph, "nodes") && Array.isArray(graph["nodes"])) {
    return invalidGraph(
      "this is a graph as the interface saves it: convert it to API format first",
    );
  }
  const nodes = new Map<string, CheckedNode>();
  for (const [id, node] of Object.entries(graph)) {
    if (!isObject(node)) return invalidGraph(`node ${id} is not an object`);
    const meta = Object.hasOwn(node, "_meta") ? node["_meta"] : {};
    const classType = Object.hasOwn(node, "class_type") ? node["class_type"] : null;
    if (Array.isArray(classType) || isObject(classType)) {
      return invalidGraph(`node ${id} has no name for a class_type`);
    }
    const type = typeof classType === "string" ? nodeTypes.get(classType) : undefined;
    if (typeof classType !== "string" || type === undefined) {
      if (!isObject(meta)) return invalidGraph(`node ${id} has a _meta that is not an object`);
      return { ok: false, error: missingNodeType(id, { node, classType, meta }) };
    }
    const hasInputs = Object.hasOwn(node, "inputs");
    nodes.set(id, { classType, type, inputs: hasInputs ? node["inputs"] : null, hasInputs });
  }
  return { ok: true, nodes };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missingNodeType(
  id: string,
  o: { node: Record<string, unknown>; classType: unknown; meta: Record<string, unknown> },
): GraphError {
  const hasClass = Object.hasOwn(o.node, "class_type");
  const title = Object.hasOwn(o.meta, "title") ? o.meta["title"] : hasClass ? o.classType : null;
  return {
    type: "missing_node_type",
    message: hasClass
      ? `Node '${pythonStr(title)}' not found. The custom node may not be installed.`
      : `Node '${pythonStr(title === null || title === "" ? `ID #${id}` : title)}' has no class_type. The workflow may be corrupted or a custom node is missing.`,
    details: `Node ID '#${id}'`,
    extra_info: { node_id: id, class_type: hasClass ? o.classType : null, node_title: title },
  };
}

function invalidGraph(details: string): Reading {
  return {
    ok: false,
    error: {
      type: "invalid_graph",
      message: "This is not a graph in ComfyUI's API format",
      details,
      extra_info: {},
    },
  };
}
