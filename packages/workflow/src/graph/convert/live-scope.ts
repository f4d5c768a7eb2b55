import type { LiveNode } from "./live-node.ts";
import type { UiScope } from "./ui-graph.ts";

/** A value in a box: null means there is no widget, a boxed undefined that it has no value. */
export interface Boxed {
  value: unknown;
}

/**
 * The widgets an instance of a subgraph shows on its own face. They hold their own values: the inner
 * widget's value counts only where the instance has none.
 */
export interface Promotion {
  /** One per input of the subgraph, null where the input leads to no widget. */
  inputs: readonly (Boxed | null)[];
  /** Values for inner widgets that no input of the subgraph leads to: `nodeId␀name`. */
  inner: ReadonlyMap<string, Boxed>;
}

/** The graph, or the inside of a subgraph, with everything its classes say about it. */
export interface LiveScope {
  ui: UiScope;
  nodes: ReadonlyMap<string, LiveNode>;
  /** The insides of the subgraphs used here, by the id of the instance. */
  insides: ReadonlyMap<string, LiveScope>;
  /** What each instance here promotes, by the id of the instance. */
  promotions: ReadonlyMap<string, Promotion>;
  /** Inner widgets that instances promoted without a link: `nodeId␀name`. The widget's own link is cut. */
  promoted: Set<string>;
}
