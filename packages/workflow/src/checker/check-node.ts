import { checkOwnFunction, checksItself } from "./check-own-function.ts";
import type { CheckProfile } from "./check-profile.ts";
import { checkStrictly } from "./check-strict.ts";
import { checkWidget } from "./check-widget.ts";
import type { InputError } from "./graph-verdict.ts";
import { inputConfig } from "./input-config.ts";
import { jsonValue } from "./json-value.ts";
import { nodeInputs, type NodeInput, type NodeType, type NodeTypes } from "./node-types.ts";
import { PythonError } from "./python-error.ts";
import { pythonRepr, pythonStr, pythonTypeName } from "./python-text.ts";
import { typesConnect } from "./types-connect.ts";

/** A node whose class is known; `inputs` may still be anything. */
export interface CheckedNode {
  classType: string;
  type: NodeType;
  inputs: unknown;
  hasInputs: boolean;
}

/** The state of one check: what is asked, and what is known of each node so far. */
export interface GraphWalk {
  nodes: ReadonlyMap<string, CheckedNode>;
  nodeTypes: NodeTypes;
  files: ReadonlySet<string>;
  profile: CheckProfile;
  results: Map<string, NodeResult>;
  /** The nodes whose inputs are being followed at this moment. */
  visiting: Set<string>;
}

/** A node is invalid without errors of its own when something upstream is. */
export interface NodeResult {
  isValid: boolean;
  errors: InputError[];
}

/** Python gives up on a longer chain of nodes. */
const MAX_CHAIN = 900;

/**
 * Validates a node and everything it depends on, as ComfyUI's `validate_inputs` does.
 * @throws {PythonError} where that raises; whoever links to the node reports it.
 */
export function checkNode(walk: GraphWalk, id: string): NodeResult {
  const known = walk.results.get(id);
  if (known !== undefined) return known;
  // A cycle makes its nodes invalid without a word: 0.14.1 only runs out of stack on it.
  if (walk.visiting.has(id)) return { isValid: false, errors: [] };
  if (walk.visiting.size > MAX_CHAIN) {
    throw new PythonError("RecursionError", "maximum recursion depth exceeded");
  }
  walk.visiting.add(id);
  try {
    const result = checkInputs(walk, findNode(walk, id));
    walk.results.set(id, result);
    return result;
  } finally {
    walk.visiting.delete(id);
  }
}

function checkInputs(walk: GraphWalk, node: CheckedNode): NodeResult {
  const inputs = readInputs(node);
  const errors: InputError[] = [];
  let isUpstreamValid = true;
  for (const input of nodeInputs(node.type, inputs)) {
    if (input.isOverlooked && walk.profile === "comfyui") continue;
    if (!Object.hasOwn(inputs, input.name)) {
      if (input.isRequired) errors.push(missingInput(node, input));
      continue;
    }
    const value = inputs[input.name];
    if (input.isOverlooked) {
      errors.push(...present(checkStrictly(input, value)));
      continue;
    }
    const outcome = Array.isArray(value)
      ? checkLink(walk, input, value)
      : checkWidget(input, value, checksItself(node.classType, input.name));
    if (outcome === "upstream-invalid") isUpstreamValid = false;
    else if (outcome !== null) errors.push(outcome);
    else if (walk.profile === "strict") errors.push(...present(checkStrictly(input, value)));
  }
  errors.push(...present(checkOwnFunction(inputs, { ...walk, classType: node.classType })));
  return { isValid: isUpstreamValid && errors.length === 0, errors };
}

function present(error: InputError | null): InputError[] {
  return error === null ? [] : [error];
}

function findNode(walk: GraphWalk, id: unknown): CheckedNode {
  if (typeof id === "object" && id !== null) {
    throw new PythonError("TypeError", `unhashable type: '${pythonTypeName(id)}'`);
  }
  const node = typeof id === "string" ? walk.nodes.get(id) : undefined;
  if (node === undefined) throw new PythonError("KeyError", pythonRepr(id));
  return node;
}

function readInputs(node: CheckedNode): Readonly<Record<string, unknown>> {
  if (!node.hasInputs) throw new PythonError("KeyError", "'inputs'");
  const { inputs } = node;
  if (typeof inputs === "object" && inputs !== null && !Array.isArray(inputs)) return { ...inputs };
  const names = nodeInputs(node.type, {}).map(({ name }) => name);
  if (typeof inputs !== "string" && !Array.isArray(inputs)) {
    if (names.length === 0) return {};
    throw new PythonError(
      "TypeError",
      `argument of type '${pythonTypeName(inputs)}' is not iterable`,
    );
  }
  // Python finds a name inside a text or a list as well, but reads nothing by it.
  if (names.some((name) => inputs.includes(name))) {
    throw new PythonError(
      "TypeError",
      typeof inputs === "string"
        ? "string indices must be integers, not 'str'"
        : "list indices must be integers or slices, not str",
    );
  }
  return {};
}

function missingInput(node: CheckedNode, input: NodeInput): InputError {
  return {
    type: "required_input_missing",
    message: "Required input is missing",
    details: node.type.v3 ? (input.name.split(".").at(-1) ?? input.name) : input.name,
    extra_info: { input_name: input.name },
  };
}

function checkLink(
  walk: GraphWalk,
  input: NodeInput,
  link: readonly unknown[],
): InputError | "upstream-invalid" | null {
  if (link.length !== 2) {
    return {
      type: "bad_linked_input",
      message: "Bad linked input, must be a length-2 list of [node_id, slot_index]",
      details: input.name,
      extra_info: {
        input_name: input.name,
        input_config: inputConfig(input),
        received_value: jsonValue(link),
      },
    };
  }
  const source = findNode(walk, link[0]);
  const received = outputType(source.type, link[1]);
  if (!typesConnect(received, input.type)) {
    return {
      type: "return_type_mismatch",
      message: "Return type mismatch between linked nodes",
      details: `${input.name}, received_type(${pythonStr(received)}) mismatch input_type(${pythonStr(input.type)})`,
      extra_info: {
        input_name: input.name,
        input_config: inputConfig(input),
        received_type: received,
        linked_node: jsonValue(link),
      },
    };
  }
  return checkUpstream(walk, input, link) ? null : "upstream-invalid";
}

function checkUpstream(walk: GraphWalk, input: NodeInput, link: readonly unknown[]): boolean {
  const sourceId = String(link[0]);
  try {
    return checkNode(walk, sourceId).isValid;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    walk.results.set(sourceId, {
      isValid: false,
      errors: [
        {
          type: "exception_during_inner_validation",
          message: "Exception when validating inner node",
          details: error.message,
          extra_info: {
            input_name: input.name,
            input_config: inputConfig(input),
            exception_message: error.message,
            exception_type: error.exceptionType,
            traceback: [],
            linked_node: jsonValue(link),
          },
        },
      ],
    });
    return false;
  }
}

/** Python's `return_types[slot]`: negative slots count from the end, true is 1. */
function outputType(type: NodeType, slot: unknown): unknown {
  const kind = type.v3 ? "list" : "tuple";
  if (typeof slot !== "boolean" && !Number.isInteger(slot)) {
    throw new PythonError(
      "TypeError",
      `${kind} indices must be integers or slices, not ${pythonTypeName(slot)}`,
    );
  }
  const index = Number(slot);
  const position = index < 0 ? index + type.output.length : index;
  if (position < 0 || position >= type.output.length) {
    throw new PythonError("IndexError", `${kind} index out of range`);
  }
  return type.output[position];
}
