import { checkNode, type CheckedNode, type GraphWalk, type NodeResult } from "./check-node.ts";
import type { CheckProfile } from "./check-profile.ts";
import type { GraphError, GraphVerdict, NodeErrors } from "./graph-verdict.ts";
import { NODE_TYPES, type NodeTypes } from "./node-types.ts";
import { PythonError } from "./python-error.ts";
import { readNodes } from "./read-nodes.ts";

export interface CheckGraphOptions {
  /** What ComfyUI's input folder holds. */
  files: readonly string[];
  /** @default "strict" */
  profile?: CheckProfile;
  /** The classes a worker has. @default those this package carries (ComfyUI 0.14.1) */
  nodeTypes?: NodeTypes;
}

/**
 * The verdict ComfyUI's `POST /prompt` would give on a graph, with its error types, messages and
 * node errors. Never throws: what is no graph at all is `invalid_graph`. Whole numbers beyond 2^53
 * are told apart only when they come as bigint.
 * @see execution.validate_prompt of ComfyUI 0.14.1
 */
export function checkGraph(graph: unknown, options: CheckGraphOptions): GraphVerdict {
  const { files, profile = "strict", nodeTypes = NODE_TYPES } = options;
  const reading = readNodes(graph, nodeTypes);
  if (!reading.ok) return { valid: false, error: reading.error, node_errors: {} };
  const outputIds = [...reading.nodes].filter(([, node]) => node.type.output_node);
  if (outputIds.length === 0) {
    return refusal({ type: "prompt_no_outputs", message: "Prompt has no outputs", details: "" });
  }
  const walk: GraphWalk = {
    nodes: reading.nodes,
    nodeTypes,
    files: new Set(files),
    profile,
    results: new Map(),
    visiting: new Set(),
  };
  return judge(
    walk,
    outputIds.map(([id]) => id),
  );
}

function judge(walk: GraphWalk, outputIds: readonly string[]): GraphVerdict {
  const nodeErrors = new Map<string, NodeErrors>();
  const complaints: string[] = [];
  let goodOutputs = 0;
  for (const outputId of outputIds) {
    const result = checkTop(walk, outputId);
    if (result.isValid) {
      goodOutputs += 1;
      continue;
    }
    complaints.push(...result.errors.map((error) => `${error.message}: ${error.details}`));
    collectErrors(walk, { into: nodeErrors, outputId });
  }
  if (walk.profile === "strict") {
    // What no output depends on never runs, but a graph of ours has no business holding it.
    for (const id of walk.nodes.keys()) if (!checkTop(walk, id).isValid) goodOutputs = 0;
    collectErrors(walk, { into: nodeErrors, outputId: null });
  }
  if (goodOutputs > 0 && !(walk.profile === "strict" && nodeErrors.size > 0)) {
    return { valid: true, error: null, node_errors: Object.fromEntries(nodeErrors) };
  }
  return refusal(
    {
      type: "prompt_outputs_failed_validation",
      message: "Prompt outputs failed validation",
      details: complaints.join("\n"),
    },
    nodeErrors,
  );
}

function refusal(
  error: Omit<GraphError, "extra_info">,
  nodeErrors: ReadonlyMap<string, NodeErrors> = new Map(),
): GraphVerdict {
  return {
    valid: false,
    error: { ...error, extra_info: {} },
    node_errors: Object.fromEntries(nodeErrors),
  };
}

/** Checks a node nothing links to from here; what its check raises becomes its own error. */
function checkTop(walk: GraphWalk, id: string): NodeResult {
  try {
    return checkNode(walk, id);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const result: NodeResult = {
      isValid: false,
      errors: [
        {
          type: "exception_during_validation",
          message: "Exception when validating node",
          details: error.message,
          extra_info: { exception_type: error.exceptionType, traceback: [] },
        },
      ],
    };
    walk.results.set(id, result);
    return result;
  }
}

function collectErrors(
  walk: GraphWalk,
  { into, outputId }: { into: Map<string, NodeErrors>; outputId: string | null },
): void {
  for (const [id, { isValid, errors }] of walk.results) {
    if (isValid || errors.length === 0) continue;
    const entry = into.get(id) ?? {
      errors,
      dependent_outputs: [],
      class_type: classOf(walk.nodes.get(id)),
    };
    if (outputId !== null) entry.dependent_outputs.push(outputId);
    into.set(id, entry);
  }
}

function classOf(node: CheckedNode | undefined): string {
  return node?.classType ?? "";
}
