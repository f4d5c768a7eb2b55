/** ComfyUI's top-level refusal. */
export interface GraphError {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}

/** One complaint about one input (or, for an exception, about the node). */
export interface InputError {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}

/** Everything wrong with one node. */
export interface NodeErrors {
  errors: InputError[];
  /** Output nodes that cannot run because of it. */
  dependent_outputs: string[];
  class_type: string;
}

/** What ComfyUI's `POST /prompt` says about a graph, in its own words; `error` is `null` when valid. */
export interface GraphVerdict {
  valid: boolean;
  error: GraphError | null;
  node_errors: Record<string, NodeErrors>;
}
