import type { LiveNode, LiveSlot } from "./live-node.ts";
import type { LiveScope } from "./live-scope.ts";
import { isList } from "./ui-graph.ts";

/** A boxed value, as a PrimitiveNode hands it to the widgets it drives. */
interface PrimitiveValue {
  value: unknown;
}

/**
 * The value of a PrimitiveNode: what was saved, else what the first widget it drives has; null when
 * it has neither.
 */
export function primitiveValue(node: LiveNode, scope: LiveScope): PrimitiveValue | null {
  const { values } = node.saved;
  const saved = isList(values) ? values[0] : undefined;
  if (saved !== undefined && saved !== null) return { value: saved };
  for (const { node: target, slot } of linksFrom(node.id, scope)) {
    const widget = target.widgets.find(({ name }) => name === slot.name);
    if (widget !== undefined) return { value: widget.value };
  }
  return null;
}

/** The inputs that the outputs of a node of this scope lead to. */
export function linksFrom(nodeId: string, scope: LiveScope): { node: LiveNode; slot: LiveSlot }[] {
  return [...scope.ui.links.values()].flatMap((link) => {
    if (link.originId !== nodeId) return [];
    const node = scope.nodes.get(link.targetId);
    const slot = node?.inputs.find((input) => input.link === link.id);
    return node === undefined || slot === undefined ? [] : [{ node, slot }];
  });
}
