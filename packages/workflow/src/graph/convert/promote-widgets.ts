import * as z from "zod";

import type { LiveNode } from "./live-node.ts";
import type { Boxed, LiveScope, Promotion } from "./live-scope.ts";
import type { Widget } from "./node-widgets.ts";
import { linksFrom, primitiveValue } from "./primitive-value.ts";
import { isList, savedValues } from "./ui-graph.ts";

/** What an input of the subgraph leads to first: a widget of a node, or an input of an inner instance. */
interface InnerTarget {
  nodeId: string;
  name: string;
  box: Boxed;
}

/** The key of an inner widget. */
export function innerKey(nodeId: string, name: string): string {
  return `${nodeId}\u0000${name}`;
}

const ProxyWidgets = z.array(z.tuple([z.string(), z.string()]).rest(z.unknown()));
const Quarantine = z.array(
  z.object({
    originalEntry: z.tuple([z.string(), z.string()]).rest(z.unknown()),
    hostValue: z.unknown(),
  }),
);

/** Reads what the instance `host` promotes of the subgraph `inside`; notes cut links in `inside.promoted`. */
export function promoteWidgets(host: LiveNode, inside: LiveScope): Promotion {
  const targets = host.inputs.map((_, index) => innerTarget(inside, index));
  const inputs = targets.map((target) => (target === null ? null : { value: target.box.value }));
  const inner = new Map<string, Boxed>();
  const properties = host.saved.properties;
  const entries = ProxyWidgets.safeParse(properties.get("proxyWidgets")).data ?? [];
  if (entries.length === 0) assignInOrder(host, inputs);
  entries.forEach(([nodeId, name], index) => {
    const value = savedValue(host, index);
    const at = targets.findIndex((target) => target?.nodeId === nodeId && target.name === name);
    const byName = nodeId === "-1" ? host.inputs.findIndex((input) => input.name === name) : at;
    const input = inputs[byName];
    if (input !== undefined && input !== null) {
      if (value !== null) input.value = value.value;
      return;
    }
    for (const target of unlinkedTargets(inside, { nodeId, name })) {
      inside.promoted.add(innerKey(target.nodeId, target.name));
      const box = value ?? target.box;
      if (box !== null) inner.set(innerKey(target.nodeId, target.name), box);
    }
  });
  const quarantined = Quarantine.safeParse(properties.get("proxyWidgetErrorQuarantine")).data ?? [];
  for (const { originalEntry, hostValue } of quarantined.toReversed()) {
    const [nodeId, name] = originalEntry;
    const input = inputs[host.inputs.findIndex((slot) => slot.name === name)];
    const isOwn = nodeId === "-1" && hostValue !== undefined && hostValue !== null;
    if (isOwn && input !== undefined && input !== null) input.value = hostValue;
  }
  return { inputs, inner };
}

/** Newer files: a saved value for each input that leads to a widget, in their order or by name. */
function assignInOrder(host: LiveNode, inputs: readonly (Boxed | null)[]): void {
  const saved = savedValues(host.saved);
  let place = 0;
  inputs.forEach((input, index) => {
    if (input === null) return;
    const name = host.inputs[index]?.name ?? "";
    const value = isList(saved) ? saved[place++] : saved.get(name);
    if (value !== undefined && value !== null) input.value = value;
  });
}

/** Null stands where an older front end had nothing of its own to save. */
function savedValue(host: LiveNode, place: number): Boxed | null {
  const { values } = host.saved;
  const value = isList(values) ? values[place] : null;
  return value === undefined || value === null ? null : { value };
}

/** What input `index` of a subgraph leads to; the first link to a widget decides. */
function innerTarget(inside: LiveScope, index: number): InnerTarget | null {
  for (const linkId of inside.ui.inputs[index]?.linkIds ?? []) {
    const link = inside.ui.links.get(linkId);
    const node = link === undefined ? undefined : inside.nodes.get(link.targetId);
    if (link === undefined || node === undefined) continue;
    const at = node.inputs.findIndex((input) => input.link === linkId);
    const name = node.inputs[at]?.name;
    const box = name === undefined ? null : widgetBox(inside, { node, name, at });
    if (name !== undefined && box !== null) return { nodeId: node.id, name, box };
  }
  return null;
}

function widgetBox(
  inside: LiveScope,
  of: { node: LiveNode; name: string; at: number },
): Boxed | null {
  if (of.node.kind === "subgraph") {
    return inside.promotions.get(of.node.id)?.inputs[of.at] ?? null;
  }
  return findWidget(of.node, of.name);
}

function findWidget(node: LiveNode, name: string): Widget | null {
  return node.widgets.find((widget) => widget.name === name && !isFixed(widget)) ?? null;
}

/** A widget without a socket cannot be promoted. */
function isFixed(widget: Widget): boolean {
  return widget.spec.config.get("socketless") === true;
}

/** Older names carry the inner node's id in front: `12: seed`. */
const PREFIX = /^\s*\d+\s*:\s*/;

/**
 * The inner widgets an entry means that no input leads to; for a PrimitiveNode, all it drives. `box`
 * is the value without one of the instance's own, null where the inner widget's own value counts.
 */
function unlinkedTargets(
  inside: LiveScope,
  entry: { nodeId: string; name: string },
): { nodeId: string; name: string; box: Boxed | null }[] {
  const node = inside.nodes.get(entry.nodeId);
  if (node === undefined || entry.name.startsWith("$$")) return [];
  if (node.kind === "primitive") {
    const value = primitiveValue(node, inside);
    return linksFrom(node.id, inside).flatMap(({ node: target, slot }) =>
      slot.hasWidget ? [{ nodeId: target.id, name: slot.name, box: value }] : [],
    );
  }
  const names = [entry.name, entry.name.replace(PREFIX, "")];
  const slot = node.inputs.find((input, at) =>
    names.some((name) =>
      node.kind === "subgraph"
        ? inside.promotions.get(node.id)?.inputs[at] != null && leadsTo(inside, { node, at, name })
        : input.name === name && input.hasWidget,
    ),
  );
  return slot === undefined ? [] : [{ nodeId: node.id, name: slot.name, box: null }];
}

/** An inner instance's input goes by its own name or by that of the widget it leads to. */
function leadsTo(inside: LiveScope, of: { node: LiveNode; at: number; name: string }): boolean {
  const deeper = inside.insides.get(of.node.id);
  const target = deeper === undefined ? null : innerTarget(deeper, of.at);
  return of.node.inputs[of.at]?.name === of.name || target?.name === of.name;
}
