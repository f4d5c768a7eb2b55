import { readInputLists, type InputSpec } from "./node-spec.ts";
import { plainText } from "./plain-text.ts";
import { isList, type SavedValues } from "./ui-graph.ts";
import {
  defaultValue,
  dynamicOptions,
  followingValues,
  isSet,
  remoteWidgets,
  widgetKind,
  type WidgetKind,
} from "./widget-kinds.ts";

/** A widget of a node with the value that was saved for it, or its default. */
export interface Widget {
  name: string;
  kind: WidgetKind;
  spec: InputSpec;
  value: unknown;
}

/** The widgets of a node and the sockets among its inputs, in the front end's order. */
export interface NodeWidgets {
  widgets: readonly Widget[];
  /** Inputs that dynamic combos brought along and that are sockets only. */
  sockets: readonly InputSpec[];
}

/**
 * Gives the saved values to the widgets in declared order. A dynamic combo's value decides which
 * widgets follow it. Values saved by name (some custom nodes do) go by name.
 */
export function readWidgets(inputs: readonly InputSpec[], saved: SavedValues): NodeWidgets {
  const values = new ValueCursor(withoutForcedInputs(inputs, saved));
  const found: { widgets: Widget[]; sockets: InputSpec[] } = { widgets: [], sockets: [] };
  for (const spec of inputs) addWidget(spec, { values, found });
  return found;
}

interface Reading {
  values: ValueCursor;
  found: { widgets: Widget[]; sockets: InputSpec[] };
}

function addWidget(spec: InputSpec, { values, found }: Reading): void {
  const kind = widgetKind(spec);
  if (kind === null) return;
  const hasPlace = kind !== "image-compare";
  const stored = hasPlace ? values.take(spec.name) : undefined;
  const value = settle(stored === undefined ? defaultValue(spec, kind) : stored, { spec, kind });
  found.widgets.push({ name: spec.name, kind, spec, value });
  if (kind === "dynamic-combo") addChosenInputs(spec, { chosen: value, values, found });
  const remote = kind === "combo" ? remoteWidgets(spec) : null;
  if (remote !== null) values.skip();
  if (remote?.hasButton === true) found.widgets.push(refreshButton(spec, values.take("refresh")));
  for (let left = followingValues(spec, kind); left > 0; left--) values.skip();
}

/** The one button whose label is sent like a value. */
function refreshButton(combo: InputSpec, saved: unknown): Widget {
  const config = new Map([["socketless", true]]);
  return {
    name: "refresh",
    kind: "object",
    spec: { ...combo, name: "refresh", type: "BUTTON", choices: null, config },
    value: saved ?? "refresh",
  };
}

function addChosenInputs(combo: InputSpec, at: Reading & { chosen: unknown }): void {
  const option = dynamicOptions(combo).find(({ key }) => key === at.chosen);
  if (option === undefined) return;
  for (const input of readInputLists(option.inputs)) {
    const spec = { ...input, name: `${combo.name}.${input.name}` };
    if (widgetKind(spec) === null) at.found.sockets.push(spec);
    else addWidget(spec, at);
  }
}

/** What the front end makes of odd values when it loads them. */
function settle(value: unknown, widget: { spec: InputSpec; kind: WidgetKind }): unknown {
  const isEmpty = value === undefined || value === null;
  if (widget.kind === "combo" && isEmpty) return widget.spec.choices?.[0] ?? value;
  if (widget.kind !== "text" || widget.spec.config.get("multiline") !== true) return value;
  // A text area turns what it is given into a text.
  if (isEmpty) return "";
  return Array.isArray(value)
    ? value.map((item: unknown) => plainText(item) ?? "").join(",")
    : (plainText(value) ?? value);
}

/**
 * Front ends of long ago also saved a value for inputs that are sockets by force: when the count
 * says so, those are left out.
 */
function withoutForcedInputs(inputs: readonly InputSpec[], saved: SavedValues): SavedValues {
  if (!isList(saved)) return saved;
  const isForced = inputs.flatMap((spec) => {
    const forced = spec.config.get("forceInput") === true;
    if (!forced && widgetKind(spec) === null) return [];
    return isSet(spec.config.get("control_after_generate")) ? [forced, false] : [forced];
  });
  const isOldForm = isForced.includes(true) && isForced.length === saved.length;
  return isOldForm ? saved.filter((_, index) => isForced[index] !== true) : saved;
}

/** Hands the saved values out, by place or by name; undefined when there is none. */
class ValueCursor {
  readonly #saved: SavedValues;
  #next = 0;

  constructor(saved: SavedValues) {
    this.#saved = saved;
  }

  take(name: string): unknown {
    if (!isList(this.#saved)) return this.#saved.get(name);
    return this.#saved[this.#next++];
  }

  skip(): void {
    this.#next++;
  }
}
