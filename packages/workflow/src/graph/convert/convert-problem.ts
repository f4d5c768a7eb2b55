/**
 * Why a graph cannot be converted. `api_graph`: it already is in the API format. `needs_browser`: a
 * widget whose value only a browser can make (webcam, recorder, 3D view). `group_node`: a group node
 * (from before subgraphs) that does not fit its own template.
 */
export type ConvertProblemCode =
  | "not_json"
  | "not_a_graph"
  | "api_graph"
  | "bad_node"
  | "bad_link"
  | "bad_subgraph"
  | "bad_object_info"
  | "duplicate_node_id"
  | "unknown_class"
  | "group_node"
  | "missing_link"
  | "missing_node"
  | "missing_slot"
  | "link_cycle"
  | "subgraph_cycle"
  | "too_deep"
  | "too_many_nodes"
  | "number_not_finite"
  | "needs_browser";

/** One thing that stands in the way; `nodeId` is the execution id (`12:3`), null when no node is to blame. */
export interface ConvertProblem {
  nodeId: string | null;
  title: string | null;
  reason: ConvertProblemCode;
  message: string;
}

/** Takes note of a problem; the conversion goes on, to find the others. */
export type ReportProblem = (problem: ConvertProblem) => void;

/** A problem no node is to blame for. */
export function graphProblem(reason: ConvertProblemCode, message: string): ConvertProblem {
  return { nodeId: null, title: null, reason, message };
}
