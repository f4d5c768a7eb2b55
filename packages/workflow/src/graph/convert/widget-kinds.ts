import type { InputSpec } from "./node-spec.ts";

/**
 * How the front end draws an input as a widget. `button`: takes a place among the saved values and is
 * never sent. `image-compare`: the other way round. `browser`: its value is made when it is queued.
 */
export type WidgetKind =
  | "int"
  | "float"
  | "boolean"
  | "text"
  | "combo"
  | "multiselect"
  | "dynamic-combo"
  | "object"
  | "curve"
  | "bounding-box"
  | "image-compare"
  | "button"
  | "browser";

const KIND_OF_TYPE: ReadonlyMap<string, WidgetKind> = new Map<string, WidgetKind>([
  ["INT", "int"],
  ["FLOAT", "float"],
  ["BOOLEAN", "boolean"],
  ["STRING", "text"],
  ["MARKDOWN", "text"],
  ["TEXTAREA", "text"],
  ["COMBO", "combo"],
  ["COMFY_DYNAMICCOMBO_V3", "dynamic-combo"],
  ["COLOR", "object"],
  ["COLORS", "object"],
  ["RANGE", "object"],
  ["CHART", "object"],
  ["PREVIEW_3D", "object"],
  ["GALLERIA", "object"],
  ["BOUNDING_BOXES", "object"],
  ["CURVE", "curve"],
  ["BOUNDING_BOX", "bounding-box"],
  ["IMAGECOMPARE", "image-compare"],
  ["IMAGEUPLOAD", "button"],
  ["AUDIOUPLOAD", "button"],
  ["WEBCAM", "browser"],
  ["AUDIO_RECORD", "browser"],
  ["LOAD_3D", "browser"],
  ["PAINTER", "browser"],
]);

/** The widget an input is drawn as; null when it is a socket only. */
export function widgetKind(spec: InputSpec): WidgetKind | null {
  if (spec.config.get("forceInput") === true) return null;
  const widgetType = spec.config.get("widgetType");
  const kind = KIND_OF_TYPE.get(typeof widgetType === "string" ? widgetType : spec.type) ?? null;
  return kind === "combo" && isSet(spec.config.get("multi_select")) ? "multiselect" : kind;
}

/** The value a widget has before anything is saved. */
export function defaultValue(spec: InputSpec, kind: WidgetKind): unknown {
  const declared = spec.config.get("default");
  switch (kind) {
    case "int":
    case "float":
      return declared ?? 0;
    case "boolean":
      return declared ?? false;
    case "text":
      return declared ?? "";
    case "combo":
      return isSet(declared) ? declared : spec.choices?.[0];
    case "multiselect":
      return [];
    case "dynamic-combo":
      return dynamicOptions(spec)[0]?.key;
    case "object":
      return declared ?? (spec.type === "COLOR" ? "#000000" : undefined);
    case "curve":
      return (
        declared ?? {
          points: [
            [0, 0],
            [1, 1],
          ],
          interpolation: "monotone_cubic",
        }
      );
    case "bounding-box":
      return declared ?? { x: 0, y: 0, width: 512, height: 512 };
    case "image-compare":
      return ["", ""];
    case "button":
    case "browser":
      return undefined;
  }
}

/**
 * How many saved values follow the widget's own and are never sent: `control_after_generate` after a
 * seed, with a filter after it for a combo; the four fields of a bounding box.
 */
export function followingValues(spec: InputSpec, kind: WidgetKind): number {
  const control = spec.config.get("control_after_generate");
  switch (kind) {
    case "int":
      return isSet(control ?? (spec.name === "seed" || spec.name === "noise_seed")) ? 1 : 0;
    case "float":
      return isSet(control) ? 1 : 0;
    case "combo":
    case "multiselect":
      return isSet(control) ? 2 : 0;
    case "bounding-box":
      return 4;
    case "boolean":
    case "text":
    case "dynamic-combo":
    case "object":
    case "curve":
    case "image-compare":
    case "button":
    case "browser":
      return 0;
  }
}

/** The keys of a dynamic combo and the inputs each brings. */
export function dynamicOptions(spec: InputSpec): { key: string; inputs: unknown }[] {
  const options = spec.config.get("options");
  if (!Array.isArray(options)) return [];
  return options.flatMap((option: unknown) => {
    if (typeof option !== "object" || option === null) return [];
    const entries = new Map<string, unknown>(Object.entries(option));
    const key = entries.get("key");
    return typeof key === "string" ? [{ key, inputs: entries.get("inputs") }] : [];
  });
}

/**
 * What stands right after a combo whose choices are fetched: a switch (never sent) and, `hasButton`, a
 * button that fetches anew (sent). Null for other inputs.
 */
export function remoteWidgets(spec: InputSpec): { hasButton: boolean } | null {
  const remote = spec.config.get("remote");
  if (typeof remote !== "object" || remote === null) return null;
  const settings = new Map<string, unknown>(Object.entries(remote));
  return { hasButton: isSet(settings.get("refresh_button")) };
}

/** JavaScript's idea of a set flag, which is what the front end goes by. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}
