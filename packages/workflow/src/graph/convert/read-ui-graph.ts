import * as z from "zod";

import { graphProblem, type ConvertProblem, type ReportProblem } from "./convert-problem.ts";
import type { UiGraph, UiLink, UiNode, UiScope, UiSlot, UiSubgraphSlot } from "./ui-graph.ts";

const Id = z.union([z.string(), z.number(), z.bigint()]).transform(String);
const SlotIndex = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);
const Anything = z.unknown().optional();
const Widget = z
  .object({ name: z.string() })
  .nullish()
  .catch(null)
  .transform((widget) => widget?.name ?? null);

const Slot = z
  .object({ name: z.string().catch(""), type: Anything, link: Id.nullish(), widget: Widget })
  .transform(({ name, type, link, widget }): UiSlot => ({
    name,
    type: slotType(type),
    link: link ?? null,
    widgetName: widget,
  }));

/** Old files write the choices of a combo as its type. */
function slotType(type: unknown): string {
  if (Array.isArray(type)) return "COMBO";
  return typeof type === "string" && type !== "" ? type : "*";
}

/** A record as a map of its own keys, so that no key (`__proto__`) means anything. */
function ownEntries(value: unknown): ReadonlyMap<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : new Map();
}

const Node = z.object({
  id: Id,
  type: z.string().min(1),
  title: z.string().nullish().catch(null),
  mode: z.number().nullish().catch(null),
  inputs: z.array(Slot).nullish(),
  outputs: z.array(Slot).nullish(),
  widgets_values: Anything,
  widgets_values_named: Anything,
  properties: Anything,
});

const LinkArray = z
  .tuple([Id, Id, SlotIndex, Id, SlotIndex])
  .rest(z.unknown())
  .transform(([id, originId, originSlot, targetId, targetSlot]): UiLink => ({
    id,
    originId,
    originSlot,
    targetId,
    targetSlot,
  }));
const LinkObject = z
  .object({
    id: Id,
    origin_id: Id,
    origin_slot: SlotIndex,
    target_id: Id,
    target_slot: SlotIndex,
  })
  .transform((link): UiLink => ({
    id: link.id,
    originId: link.origin_id,
    originSlot: link.origin_slot,
    targetId: link.target_id,
    targetSlot: link.target_slot,
  }));
const Link = z.union([LinkArray, LinkObject]);

const SubgraphSlot = z
  .object({ name: z.string().catch(""), type: Anything, linkIds: z.array(Id).nullish() })
  .transform(({ name, type, linkIds }): UiSubgraphSlot => ({
    name,
    type: slotType(type),
    linkIds: linkIds ?? [],
  }));

const Scope = z.object({
  nodes: z.array(z.unknown()),
  /** Old files keep links in an array, some of them null; the newest may key them by id. */
  links: Anything,
});
const Subgraph = Scope.extend({
  id: Id,
  inputs: z.array(SubgraphSlot).nullish(),
  outputs: z.array(SubgraphSlot).nullish(),
});
const Definitions = z.object({
  definitions: z
    .object({ subgraphs: z.array(z.unknown()).nullish() })
    .nullish()
    .catch(null),
});

/** Reads a saved workflow; null when it is none. Every node and link that cannot be read is reported. */
export function readUiGraph(graph: unknown, report: ReportProblem): UiGraph | null {
  const root = Scope.safeParse(graph);
  if (!root.success) {
    report(notUiGraph(graph));
    return null;
  }
  const subgraphs = new Map<string, UiScope>();
  const definitions = Definitions.safeParse(graph).data?.definitions?.subgraphs ?? [];
  definitions.forEach((definition, index) => {
    const read = Subgraph.safeParse(definition);
    if (!read.success) {
      report(graphProblem("bad_subgraph", `Subgraph ${index} of definitions cannot be read.`));
      return;
    }
    subgraphs.set(read.data.id, readScope(read.data, report));
  });
  return { root: readScope(root.data, report), subgraphs };
}

function notUiGraph(graph: unknown): ConvertProblem {
  const nodes = typeof graph === "object" && graph !== null ? Object.values(graph) : [];
  const isApiGraph =
    nodes.length > 0 &&
    nodes.every((node) => typeof node === "object" && node !== null && "class_type" in node);
  return isApiGraph
    ? graphProblem("api_graph", "This graph is in the API format already.")
    : graphProblem("not_a_graph", "A saved ComfyUI workflow has a list of nodes; this has none.");
}

function readScope(
  scope: z.infer<typeof Scope> & Partial<z.infer<typeof Subgraph>>,
  report: ReportProblem,
): UiScope {
  const nodes = scope.nodes.flatMap((node, index) => readUiNode(node, { index, report }));
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node.id)) {
      report({
        nodeId: node.id,
        title: node.title ?? node.type,
        reason: "duplicate_node_id",
        message: `Two nodes of one canvas have the id ${node.id}.`,
      });
    }
    seen.add(node.id);
  }
  return {
    nodes,
    links: readLinks(scope.links, report),
    inputs: scope.inputs ?? [],
    outputs: scope.outputs ?? [],
  };
}

const NodeName = z.object({
  id: Id.nullish().catch(null),
  title: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
});

/** Reads one saved node; what cannot be read is reported and left out. */
export function readUiNode(node: unknown, at: { index: number; report: ReportProblem }): UiNode[] {
  const read = Node.safeParse(node);
  if (!read.success) {
    const name = NodeName.safeParse(node).data;
    const issue = read.error.issues[0];
    at.report({
      nodeId: name?.id ?? null,
      title: name?.title ?? name?.type ?? null,
      reason: "bad_node",
      message: `Node ${at.index} of its canvas cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
    });
    return [];
  }
  const { widgets_values: values, widgets_values_named: namedValues, ...rest } = read.data;
  const list: readonly unknown[] | null = Array.isArray(values) ? values : null;
  return [
    {
      id: rest.id,
      type: rest.type,
      title: rest.title === "" ? null : (rest.title ?? null),
      mode: rest.mode ?? 0,
      inputs: rest.inputs ?? [],
      outputs: rest.outputs ?? [],
      values: list ?? ownEntries(values),
      namedValues: ownEntries(namedValues),
      properties: ownEntries(rest.properties),
    },
  ];
}

function readLinks(links: unknown, report: ReportProblem): ReadonlyMap<string, UiLink> {
  const read = new Map<string, UiLink>();
  const list: readonly unknown[] = Array.isArray(links) ? links : [...ownEntries(links).values()];
  list.forEach((link, index) => {
    if (link === null || link === undefined) return;
    const parsed = Link.safeParse(link);
    if (parsed.success) read.set(parsed.data.id, parsed.data);
    else report(graphProblem("bad_link", `Link ${index} of its canvas cannot be read.`));
  });
  return read;
}
