import type { Widget } from "./node-widgets.ts";
import { isList, type SavedValues } from "./ui-graph.ts";

/**
 * The widgets of a CustomCombo, whose options the user writes: the choice, its index among the
 * options (computed when it is sent), then as many options as were saved, the last one empty.
 */
export function customComboWidgets(declared: readonly Widget[], saved: SavedValues): Widget[] {
  const [choice] = declared;
  if (choice === undefined) return [];
  const values = isList(saved) ? saved : [];
  const options = values.slice(2);
  while (options.length > 0 && !isFilled(options.at(-1))) options.pop();
  options.push("");
  return [
    choice,
    textWidget(choice, { name: "index", value: options.indexOf(choice.value) }),
    ...options.map((value, index) => textWidget(choice, { name: `option${index + 1}`, value })),
  ];
}

function isFilled(option: unknown): boolean {
  return option !== undefined && option !== null && option !== "";
}

/** These stand on the node only: they have no socket. */
function textWidget(choice: Widget, of: { name: string; value: unknown }): Widget {
  const config = new Map([["socketless", true]]);
  return {
    name: of.name,
    kind: "text",
    value: of.value,
    spec: { ...choice.spec, name: of.name, type: "STRING", choices: null, config },
  };
}
