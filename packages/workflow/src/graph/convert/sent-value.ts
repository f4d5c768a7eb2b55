import type { LiveNode } from "./live-node.ts";
import type { Widget } from "./node-widgets.ts";
import { processDynamicPrompt, type ChooseAlternative } from "./dynamic-prompt.ts";
import { replaceText, SAVING_CLASSES } from "./text-replacements.ts";

/** What the texts of a graph may depend on beyond themselves. */
export interface Surroundings {
  /** Picks from `{a|b}`. */
  choose: ChooseAlternative;
  /** The time for `%date:…%`; null leaves it standing. */
  now: Date | null;
  /** All nodes of the graph and its subgraphs, for `%Node.widget%`. */
  nodes: readonly LiveNode[];
}

/** Deeper values than this are no settings of a node any more. */
const MAX_VALUE_DEPTH = 100;

/** The value of a widget as it is sent when nothing is connected to it; undefined is not sent. */
export function ownSentValue(node: LiveNode, widget: Widget, around: Surroundings): unknown {
  const { value } = widget;
  if (typeof value !== "string") return wrapValue(value, widget.kind === "curve");
  if (widget.kind === "text" && widget.spec.config.get("dynamicPrompts") === true) {
    return processDynamicPrompt(value, around.choose);
  }
  const isFileName = widget.name === "filename_prefix" && SAVING_CLASSES.has(node.classType);
  if (isFileName) return replaceText(value, around);
  const isSampler = node.classType === "KSampler" || node.classType === "KSamplerAdvanced";
  return isSampler && widget.name === "sampler_name" && value.startsWith("sample_")
    ? value.slice("sample_".length)
    : value;
}

/** A bare list would be read as a link, so lists are wrapped. */
export function wrapValue(value: unknown, isCurve: boolean): unknown {
  if (isCurve && value !== undefined && value !== null) {
    return { __type__: "CURVE", __value__: value };
  }
  return Array.isArray(value) ? { __value__: value } : value;
}

/**
 * The value a PrimitiveNode gives to a widget. INT and FLOAT are brought to the widget's step, as the
 * front end does when a value is set from outside.
 */
export function roundToStep(value: unknown, widget: Widget): unknown {
  if (typeof value !== "number" || !Number.isFinite(value)) return value;
  const setting = (name: string): number | undefined => {
    const found = widget.spec.config.get(name);
    return typeof found === "number" && Number.isFinite(found) ? found : undefined;
  };
  if (widget.kind === "int") {
    const step = setting("step") ?? 1;
    if (step === 1 || step === 0) return Math.round(value);
    const offset = (setting("min") ?? 0) % step;
    return Math.round((value - offset) / step) * step + offset;
  }
  if (widget.kind !== "float") return value;
  const digits = Math.max(0, -Math.floor(Math.log10(setting("step") ?? 0.5)));
  const round = setting("round") ?? (digits > 0 ? 10 ** -digits : 0);
  if (round === 0 || digits > 100) return value;
  const rounded = Number((Math.round(value / round) * round).toFixed(digits));
  return Math.min(Math.max(rounded, setting("min") ?? 0), setting("max") ?? 2048);
}

/** What keeps a value out of a graph; null when nothing does. */
export function valueProblem(value: unknown): "number_not_finite" | "too_deep" | null {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_VALUE_DEPTH) return "too_deep";
    if (level.some((item) => typeof item === "number" && !Number.isFinite(item))) {
      return "number_not_finite";
    }
    level = level.flatMap((item): unknown[] =>
      typeof item === "object" && item !== null ? Object.values(item) : [],
    );
  }
  return null;
}
