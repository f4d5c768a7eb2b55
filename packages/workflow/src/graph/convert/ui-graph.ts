/** A value of a widget as it was saved; null and undefined both occur. */
export type SavedValues = readonly unknown[] | ReadonlyMap<string, unknown>;

/** A slot of a saved node. `link` is null when nothing is connected or the slot is an output. */
export interface UiSlot {
  name: string;
  type: string;
  link: string | null;
  widgetName: string | null;
}

/** A node as the front end saved it; `type` is the class, or the id of a subgraph. */
export interface UiNode {
  id: string;
  type: string;
  title: string | null;
  mode: number;
  inputs: readonly UiSlot[];
  outputs: readonly UiSlot[];
  /** What `widgets_values` holds: a list in the order of the widgets (custom nodes: by name). */
  values: SavedValues;
  /** The same by name, which newer front ends save as well; empty in older files. */
  namedValues: ReadonlyMap<string, unknown>;
  properties: ReadonlyMap<string, unknown>;
}

/** A connection; ids are texts. Origin `-10` is the subgraph's input, target `-20` its output. */
export interface UiLink {
  id: string;
  originId: string;
  originSlot: number;
  targetId: string;
  targetSlot: number;
}

/** An input or output of a subgraph, with the links that touch it inside. */
export interface UiSubgraphSlot {
  name: string;
  type: string;
  linkIds: readonly string[];
}

/** One canvas: the graph itself or the inside of a subgraph. */
export interface UiScope {
  nodes: readonly UiNode[];
  links: ReadonlyMap<string, UiLink>;
  inputs: readonly UiSubgraphSlot[];
  outputs: readonly UiSubgraphSlot[];
}

/** A saved workflow: the graph and its subgraphs by id. */
export interface UiGraph {
  root: UiScope;
  subgraphs: ReadonlyMap<string, UiScope>;
}

/** The id a link inside a subgraph has where it comes from the subgraph's own input. */
export const SUBGRAPH_INPUT_ID = "-10";

/** The values to give to a node's widgets: by name where the file has names, for places may have shifted. */
export function savedValues(node: UiNode): SavedValues {
  return node.namedValues.size > 0 ? node.namedValues : node.values;
}

/** Whether values were saved in the order of the widgets, rather than by name. */
export function isList(values: SavedValues): values is readonly unknown[] {
  return Array.isArray(values);
}
