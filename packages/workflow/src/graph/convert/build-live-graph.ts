import type { ReportProblem } from "./convert-problem.ts";
import { liveNode, type LiveNode } from "./live-node.ts";
import type { NodeSpecs } from "./node-spec.ts";
import type { LiveScope, Promotion } from "./live-scope.ts";
import { promoteWidgets } from "./promote-widgets.ts";
import type { UiGraph, UiScope } from "./ui-graph.ts";

/** Deeper nesting than this is no workflow any more. */
const MAX_SUBGRAPH_DEPTH = 100;

/**
 * The live graph; null when a subgraph contains itself or nesting has no end. Every subgraph is built
 * once and shared by its instances, as in the front end.
 */
export function buildLiveGraph(
  graph: UiGraph,
  o: { specs: NodeSpecs; report: ReportProblem },
): LiveScope | null {
  const built = new Map<string, LiveScope>();
  const open = new Set<string>();

  function build(ui: UiScope): LiveScope | null {
    const known = { specs: o.specs, subgraphs: graph.subgraphs };
    const nodes = new Map(ui.nodes.map((node) => [node.id, liveNode(node, known)]));
    const insides = new Map<string, LiveScope>();
    for (const node of nodes.values()) {
      if (node.kind !== "subgraph") continue;
      const inside = buildInside(node);
      if (inside === null) return null;
      insides.set(node.id, inside);
    }
    const scope = {
      ui,
      nodes,
      insides,
      promotions: new Map<string, Promotion>(),
      promoted: new Set<string>(),
    };
    for (const [id, inside] of insides) {
      const host = nodes.get(id);
      if (host !== undefined) scope.promotions.set(id, promoteWidgets(host, inside));
    }
    return scope;
  }

  function buildInside(instance: LiveNode): LiveScope | null {
    const ready = built.get(instance.classType);
    if (ready !== undefined) return ready;
    const ui = graph.subgraphs.get(instance.classType);
    if (ui === undefined) return null;
    if (open.has(instance.classType) || open.size >= MAX_SUBGRAPH_DEPTH) {
      const isCycle = open.has(instance.classType);
      o.report({
        nodeId: instance.id,
        title: instance.title,
        reason: isCycle ? "subgraph_cycle" : "too_deep",
        message: isCycle
          ? "This subgraph contains itself."
          : `Subgraphs are nested more than ${MAX_SUBGRAPH_DEPTH} deep.`,
      });
      return null;
    }
    open.add(instance.classType);
    const inside = build(ui);
    open.delete(instance.classType);
    if (inside !== null) built.set(instance.classType, inside);
    return inside;
  }

  return build(graph.root);
}
