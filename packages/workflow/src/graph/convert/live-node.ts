import { withAddedInputs } from "./added-inputs.ts";
import { customComboWidgets } from "./custom-combo.ts";
import type { InputSpec, NodeSpec, NodeSpecs } from "./node-spec.ts";
import { readWidgets, type Widget } from "./node-widgets.ts";
import { savedValues, type UiNode, type UiScope, type UiSlot } from "./ui-graph.ts";
import { widgetKind } from "./widget-kinds.ts";

/** What a node is when the graph is executed. `unknown`: the server does not have its class. */
export type NodeKind = "class" | "subgraph" | "reroute" | "primitive" | "note" | "unknown";

/** Modes of a node as ComfyUI saves them. */
export const MODE_NEVER = 2;
export const MODE_BYPASS = 4;

/** An input of a live node; `hasWidget` tells a converted widget from a socket. */
export interface LiveSlot {
  name: string;
  type: string;
  link: string | null;
  hasWidget: boolean;
}

/** A saved node with what its class says: inputs in the front end's order, widgets with values. */
export interface LiveNode {
  id: string;
  kind: NodeKind;
  classType: string;
  title: string;
  mode: number;
  inputs: readonly LiveSlot[];
  outputTypes: readonly string[];
  widgets: readonly Widget[];
  saved: UiNode;
}

/** Classes that were renamed; the front end still loads the old names. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["T2IAdapterLoader", "ControlNetLoader"],
  ["ConditioningAverage ", "ConditioningAverage"],
  ["SDV_img2vid_Conditioning", "SVD_img2vid_Conditioning"],
  ["Load3DAnimation", "Load3D"],
  ["Preview3DAnimation", "Preview3D"],
]);

const VIRTUAL: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ["Reroute", "reroute"],
  ["PrimitiveNode", "primitive"],
  ["Note", "note"],
  ["MarkdownNote", "note"],
]);

/** Builds the live node of a saved one. `subgraphs`: the subgraphs by id, for instances of them. */
export function liveNode(
  saved: UiNode,
  known: { specs: NodeSpecs; subgraphs: ReadonlyMap<string, UiScope> },
): LiveNode {
  const subgraph = known.subgraphs.get(saved.type);
  if (subgraph !== undefined) return subgraphNode(saved, subgraph);
  const virtual = VIRTUAL.get(saved.type);
  if (virtual !== undefined) return plainNode(saved, virtual);
  const classType = RENAMED.get(saved.type) ?? saved.type;
  const spec = known.specs(classType);
  return spec === null ? plainNode(saved, "unknown") : classNode(saved, { classType, spec });
}

/** A node that is what was saved of it. */
function plainNode(saved: UiNode, kind: NodeKind): LiveNode {
  return {
    ...named(saved, { classType: saved.type, displayName: saved.type }),
    kind,
    inputs: saved.inputs.map((slot) => ({ ...slot, hasWidget: slot.widgetName !== null })),
    outputTypes: saved.outputs.map((slot) => slot.type),
    widgets: [],
  };
}

/** An instance has the inputs of its subgraph; links are found by name. */
function subgraphNode(saved: UiNode, subgraph: UiScope): LiveNode {
  const slots = new Map(saved.inputs.map((slot) => [slot.name, slot]));
  return {
    ...named(saved, { classType: saved.type, displayName: "Subgraph" }),
    kind: "subgraph",
    inputs: subgraph.inputs.map(({ name, type }) => {
      const slot = slots.get(name);
      return {
        name,
        type,
        link: slot?.link ?? null,
        hasWidget: (slot?.widgetName ?? null) !== null,
      };
    }),
    outputTypes: subgraph.outputs.map((slot) => slot.type),
    widgets: [],
  };
}

function classNode(saved: UiNode, of: { classType: string; spec: NodeSpec }): LiveNode {
  const specs = withAddedInputs(of.classType, of.spec);
  const { widgets: declared, sockets } = readWidgets(specs, savedValues(saved));
  const widgets =
    of.classType === "CustomCombo" ? customComboWidgets(declared, saved.values) : declared;
  return {
    ...named(saved, { classType: of.classType, displayName: of.spec.displayName }),
    kind: "class",
    inputs: classInputs(saved, { specs: [...specs, ...sockets], widgets }),
    // The type of a match-type output depends on what is connected; the file tells.
    outputTypes: of.spec.outputs.map((type, index) =>
      isDynamicType(type) ? (saved.outputs[index]?.type ?? "*") : type,
    ),
    widgets,
  };
}

/** Sockets first, then widgets, then what the file has beyond the declaration (grown inputs). */
function classInputs(
  saved: UiNode,
  of: { specs: readonly InputSpec[]; widgets: readonly Widget[] },
): LiveSlot[] {
  const slots = new Map(saved.inputs.map((slot) => [slot.name, slot]));
  const sockets = of.specs.filter(
    (spec) => widgetKind(spec) === null && spec.type !== "COMFY_AUTOGROW_V3",
  );
  const widgets = of.widgets.filter((widget) => widget.spec.config.get("socketless") !== true);
  const declared = [
    ...sockets.map((spec) => declaredSlot(spec, { slot: slots.get(spec.name), hasWidget: false })),
    ...widgets.map(({ spec }) =>
      declaredSlot(spec, { slot: slots.get(spec.name), hasWidget: true }),
    ),
  ];
  const names = new Set(declared.map((slot) => slot.name));
  // A saved slot for a widget the class no longer has is dropped, as the front end does.
  const grown = saved.inputs.filter((slot) => !names.has(slot.name) && slot.widgetName === null);
  return [...declared, ...grown.map((slot) => ({ ...slot, hasWidget: false }))];
}

function declaredSlot(
  spec: InputSpec,
  at: { slot: UiSlot | undefined; hasWidget: boolean },
): LiveSlot {
  return {
    name: spec.name,
    type: isDynamicType(spec.type) ? (at.slot?.type ?? "*") : spec.type,
    link: at.slot?.link ?? null,
    hasWidget: at.hasWidget,
  };
}

function isDynamicType(type: string): boolean {
  return type.startsWith("COMFY_");
}

function named(
  saved: UiNode,
  of: { classType: string; displayName: string },
): Pick<LiveNode, "id" | "classType" | "title" | "mode" | "saved"> {
  return {
    id: saved.id,
    classType: of.classType,
    title: saved.title ?? of.displayName,
    mode: saved.mode,
    saved,
  };
}
