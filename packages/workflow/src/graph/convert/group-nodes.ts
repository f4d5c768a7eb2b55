import * as z from "zod";

import type { ReportProblem } from "./convert-problem.ts";
import { readUiNode } from "./read-ui-graph.ts";
import {
  isList,
  SUBGRAPH_INPUT_ID,
  type UiGraph,
  type UiLink,
  type UiNode,
  type UiScope,
  type UiSlot,
} from "./ui-graph.ts";

// Group nodes are what the front end had before subgraphs: a template in `extra.groupNodes`, and in
// each instance the values of all inner widgets in one list. Each instance becomes a subgraph of its own.

const Index = z.number().int().min(0);
const Group = z.object({
  nodes: z.array(z.looseObject({ index: Index.optional() })),
  config: z.unknown().optional(),
  /** `[fromIndex, fromSlot, toIndex, toSlot, …]`; from null: from outside, when it was made. */
  links: z.array(z.tuple([Index.nullable(), Index, Index, Index]).rest(z.unknown())),
  external: z
    .array(z.tuple([z.looseObject({ index: Index.optional() }), Index]).rest(z.unknown()))
    .catch([]),
});
type Group = z.infer<typeof Group>;

const Shown = z.object({ visible: z.boolean().optional() });
const Config = z.object({
  config: z.record(
    z.string(),
    z.object({
      input: z.record(z.string(), Shown).optional(),
      output: z.record(z.string(), Shown).optional(),
    }),
  ),
});
const Extra = z.object({ extra: z.object({ groupNodes: z.unknown() }) });

/** The name of the group in the type of an instance. */
const INSTANCE = /^workflow[>/](.+)$/s;

/**
 * The graph with its group nodes as subgraphs. An instance that does not fit its template is left as
 * it is, and so refused later as a group node.
 */
export function unfoldGroupNodes(
  graph: UiGraph,
  o: { document: unknown; report: ReportProblem },
): UiGraph {
  const stored = Extra.safeParse(o.document).data?.extra.groupNodes;
  if (typeof stored !== "object" || stored === null) return graph;
  const groups = new Map<string, unknown>(Object.entries(stored));
  const subgraphs = new Map(graph.subgraphs);

  const unfold = (scope: UiScope, at: string): UiScope => ({
    ...scope,
    nodes: scope.nodes.map((node) => {
      const name = INSTANCE.exec(node.type)?.[1];
      const group = Group.safeParse(name === undefined ? null : groups.get(name)).data;
      const inside = group === undefined ? null : groupInside(node, group, o.report);
      if (inside === null) return node;
      const id = `group node ${at}${node.id}`;
      subgraphs.set(id, inside.scope);
      return {
        ...node,
        type: id,
        title: node.title ?? name ?? null,
        values: [],
        inputs: inside.inputs,
      };
    }),
  });
  for (const [id, scope] of graph.subgraphs) subgraphs.set(id, unfold(scope, `${id} `));
  return { root: unfold(graph.root, ""), subgraphs };
}

interface Inside {
  scope: UiScope;
  /** The instance's inputs that are sockets, in the order of the scope's. */
  inputs: readonly UiSlot[];
}

function groupInside(instance: UiNode, group: Group, report: ReportProblem): Inside | null {
  const nodes = innerNodes(instance, group, report);
  if (nodes === null) return null;
  const links = new Map<string, UiLink>();
  const linked = new Map<string, string>();
  for (const [origin, originSlot, target, targetSlot] of group.links) {
    if (origin === null) continue;
    addLink({ originId: String(origin), originSlot, targetId: String(target), targetSlot });
  }

  function addLink(link: Omit<UiLink, "id">): string {
    const id = `g${links.size}`;
    links.set(id, { id, ...link });
    linked.set(`${link.targetId} ${link.targetSlot}`, id);
    return id;
  }

  // What no inner link feeds is an input of the group, in the order of the inner nodes.
  const open = nodes.flatMap((node) =>
    node.inputs.flatMap((slot, index) =>
      slot.widgetName !== null ||
      linked.has(`${node.id} ${index}`) ||
      isHidden(group, { side: "input", nodeId: node.id, key: slot.name })
        ? []
        : [{ node, slot, index }],
    ),
  );
  const sockets = instance.inputs.filter((slot) => slot.widgetName === null);
  const hasLinkedWidget = instance.inputs.some(
    (slot) => slot.widgetName !== null && slot.link !== null,
  );
  if (sockets.length !== open.length || hasLinkedWidget) return null;
  const inputs = open.map(({ node, slot, index }, place) => ({
    name: sockets[place]?.name ?? slot.name,
    type: slot.type,
    linkIds: [
      addLink({
        originId: SUBGRAPH_INPUT_ID,
        originSlot: place,
        targetId: node.id,
        targetSlot: index,
      }),
    ],
  }));
  const outputs = groupOutputs(nodes, group).map(({ node, slot, index }) => ({
    name: slot.name,
    type: slot.type,
    linkIds: [addLink({ originId: node.id, originSlot: index, targetId: "-20", targetSlot: 0 })],
  }));
  if (outputs.length !== instance.outputs.length) return null;
  const wired = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((slot, index) => ({
      ...slot,
      link: linked.get(`${node.id} ${index}`) ?? null,
    })),
  }));
  return { scope: { nodes: wired, links, inputs, outputs }, inputs: sockets };
}

/** Whoever made the group may have hidden an input (by its name) or an output (by its place). */
function isHidden(
  group: Group,
  of: { side: "input" | "output"; nodeId: string; key: string },
): boolean {
  const config = new Map(Object.entries(Config.safeParse(group).data?.config ?? {}));
  const slots = new Map(Object.entries(config.get(of.nodeId)?.[of.side] ?? {}));
  return slots.get(of.key)?.visible === false;
}

/** An output is shown unless it is only used inside. */
function groupOutputs(
  nodes: readonly UiNode[],
  group: Group,
): { node: UiNode; slot: UiSlot; index: number }[] {
  const used = new Set(group.links.map(([origin, slot]) => `${String(origin)} ${slot}`));
  const external = new Set(group.external.map(([node, slot]) => `${String(node.index)} ${slot}`));
  return nodes.flatMap((node) =>
    node.outputs.flatMap((slot, index) => {
      const key = `${node.id} ${index}`;
      const isInside = used.has(key) && !external.has(key);
      const hidden = isHidden(group, { side: "output", nodeId: node.id, key: String(index) });
      return isInside || hidden ? [] : [{ node, slot, index }];
    }),
  );
}

/** The inner nodes, each with its part of the instance's values; null when the values do not add up. */
function innerNodes(instance: UiNode, group: Group, report: ReportProblem): UiNode[] | null {
  const values = isList(instance.values) ? instance.values : [];
  let place = 0;
  const nodes = group.nodes.flatMap((stored, index) => {
    const read = readUiNode({ ...stored, id: stored.index ?? index }, { index, report });
    return read.map((node) => {
      const count = isList(node.values) ? node.values.length : 0;
      const own = values.slice(place, place + count);
      place += count;
      return { ...node, values: own };
    });
  });
  return place === values.length ? nodes : null;
}
