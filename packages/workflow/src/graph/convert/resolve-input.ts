import type { ConvertProblem, ConvertProblemCode } from "./convert-problem.ts";
import { innerFrame, type Frame } from "./frame.ts";
import { MODE_BYPASS, MODE_NEVER, type LiveNode } from "./live-node.ts";
import { primitiveValue } from "./primitive-value.ts";
import type { Boxed } from "./live-scope.ts";
import { innerKey } from "./promote-widgets.ts";
import { bypassInput } from "./slot-types.ts";
import { SUBGRAPH_INPUT_ID } from "./ui-graph.ts";

/**
 * Where an input gets its value from: an output of an executed node, a value that was promoted or
 * comes from a PrimitiveNode, or nowhere. `own`: from the widget itself.
 */
export type Source =
  | { from: "node"; nodeId: string; slot: number }
  | { from: "promoted"; value: unknown }
  | { from: "primitive"; value: unknown }
  | { from: "own" }
  | { from: "problem"; problem: ConvertProblem };

/** An input of a node in a frame. `type` is the type asked for; null: the input's own. */
interface InputStep {
  at: "input";
  frame: Frame;
  node: LiveNode;
  slot: number;
  type: string | null;
}
interface OutputStep {
  at: "output";
  frame: Frame;
  node: LiveNode;
  slot: number;
  type: string;
}
type Step = InputStep | OutputStep;

const OWN: Source = { from: "own" };

/**
 * Follows input `slot` of `node` through subgraphs, reroutes and bypassed nodes to its source. A loop
 * and not a recursion: chains may be long.
 */
export function resolveInput(frame: Frame, node: LiveNode, slot: number): Source {
  const seen = new Set<string>();
  let step: Step = { at: "input", frame, node, slot, type: null };
  for (;;) {
    const key = `${step.frame.prefix}${step.node.id}[${step.at}]${step.slot}`;
    if (seen.has(key)) return problemAt(step, "link_cycle", "Its links lead in a circle.");
    seen.add(key);
    const next: Step | Source = step.at === "input" ? followInput(step) : followOutput(step);
    if ("from" in next) return next;
    step = next;
  }
}

function followInput(step: InputStep): Step | Source {
  const { frame, node } = step;
  const input = node.inputs[step.slot];
  if (input === undefined) return problemAt(step, "missing_slot", `It has no input ${step.slot}.`);
  if (frame.scope.promoted.has(innerKey(node.id, input.name))) {
    const value = promotionOf(frame)?.inner.get(innerKey(node.id, input.name));
    return value === undefined ? ownValue(step) : { from: "promoted", value: value.value };
  }
  if (input.link === null) return ownValue(step);
  const link = frame.scope.ui.links.get(input.link);
  if (link === undefined) {
    return problemAt(
      step,
      "missing_link",
      `Input ${input.name} names link ${input.link}, which is not there.`,
    );
  }
  if (link.originId === SUBGRAPH_INPUT_ID && frame.host !== null) {
    return hostStep(step, link.originSlot);
  }
  const origin = frame.scope.nodes.get(link.originId);
  if (origin === undefined) {
    return problemAt(
      step,
      "missing_node",
      `Input ${input.name} comes from node ${link.originId}, which is not there.`,
    );
  }
  return {
    at: "output",
    frame,
    node: origin,
    slot: link.originSlot,
    type: step.type ?? input.type,
  };
}

/** An instance's input has the value it promotes; a node's has its widget's. */
function ownValue({ frame, node, slot }: InputStep): Source {
  if (node.kind !== "subgraph") return OWN;
  const box = frame.scope.promotions.get(node.id)?.inputs[slot];
  return box === undefined || box === null ? OWN : { from: "promoted", value: box.value };
}

function promotionOf(frame: Frame): { inner: ReadonlyMap<string, Boxed> } | undefined {
  return frame.host?.frame.scope.promotions.get(frame.host.id);
}

/** Out of a subgraph, to the input of the instance. */
function hostStep(step: Step, slot: number): Step | Source {
  const { host } = step.frame;
  const node = host?.frame.scope.nodes.get(host.id);
  if (host === null || node === undefined) {
    return problemAt(step, "missing_node", "Its subgraph has no instance.");
  }
  return { at: "input", frame: host.frame, node, slot, type: null };
}

function followOutput(step: OutputStep): Step | Source {
  const { frame, node, slot, type } = step;
  if (node.kind === "primitive") {
    const value = primitiveValue(node, frame.scope);
    return value === null ? OWN : { from: "primitive", value: value.value };
  }
  if (node.mode === MODE_NEVER) return OWN;
  if (node.mode === MODE_BYPASS) {
    const input = bypassInput(node, { slot, type });
    return input === null ? OWN : { at: "input", frame, node, slot: input, type: null };
  }
  switch (node.kind) {
    case "subgraph":
      return insideStep(step);
    case "reroute":
    case "note":
      return node.inputs[slot] === undefined ? OWN : { at: "input", frame, node, slot, type };
    case "class":
    case "unknown":
      return { from: "node", nodeId: frame.prefix + node.id, slot };
  }
}

/** Into a subgraph, to what its output is connected to. */
function insideStep(step: OutputStep): Step | Source {
  const inner = innerFrame(step.frame, step.node.id);
  const output = inner?.scope.ui.outputs[step.slot];
  if (inner === null || output === undefined) {
    return problemAt(step, "missing_slot", `It has no output ${step.slot}.`);
  }
  const link = output.linkIds
    .map((id) => inner.scope.ui.links.get(id))
    .find((l) => l !== undefined);
  if (link === undefined) return OWN;
  if (link.originId === SUBGRAPH_INPUT_ID) {
    return { at: "input", frame: step.frame, node: step.node, slot: link.originSlot, type: null };
  }
  const node = inner.scope.nodes.get(link.originId);
  if (node === undefined) {
    return problemAt(
      step,
      "missing_node",
      `Output ${output.name} comes from node ${link.originId}, which is not there.`,
    );
  }
  return { at: "output", frame: inner, node, slot: link.originSlot, type: step.type };
}

function problemAt(step: Step, reason: ConvertProblemCode, message: string): Source {
  const nodeId = step.frame.prefix + step.node.id;
  return { from: "problem", problem: { nodeId, title: step.node.title, reason, message } };
}
