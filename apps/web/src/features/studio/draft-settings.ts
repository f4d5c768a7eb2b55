import type { Service } from "@ob/api";

/** What is asked for besides the pictures. */
export interface DraftSettings {
  readonly options: Readonly<Record<string, string>>;
  readonly prompt: string;
  /** Null = the service's first mode. */
  readonly mode: string | null;
  /** Null = the service's first ratio, which is the photo's own. */
  readonly ratio: string | null;
  /** Only values that are not the service's default. */
  readonly params: Readonly<Record<string, number>>;
}

export type SettingsEvent =
  | { readonly kind: "optionChosen"; readonly group: string; readonly choice: string | null }
  | { readonly kind: "optionsCleared" }
  | { readonly kind: "promptTyped"; readonly prompt: string }
  | { readonly kind: "modeChosen"; readonly mode: string }
  | { readonly kind: "ratioChosen"; readonly ratio: string | null }
  /** `value` null = the default again. */
  | { readonly kind: "paramSet"; readonly param: string; readonly value: number | null };

export const EMPTY_SETTINGS: DraftSettings = {
  options: {},
  prompt: "",
  mode: null,
  ratio: null,
  params: {},
};

/** The part of a settings record that one event changes. */
export function settingsChange(
  { options, params }: DraftSettings,
  event: SettingsEvent,
): Partial<DraftSettings> {
  switch (event.kind) {
    case "optionChosen":
      return { options: withValue(options, event.group, event.choice) };
    case "optionsCleared":
      return { options: {} };
    case "promptTyped":
      return { prompt: event.prompt };
    case "modeChosen":
      return { mode: event.mode };
    case "ratioChosen":
      return { ratio: event.ratio };
    case "paramSet":
      return { params: withValue(params, event.param, event.value) };
  }
}

function withValue<T>(
  values: Readonly<Record<string, T>>,
  key: string,
  value: T | null,
): Record<string, T> {
  const { [key]: _, ...others } = values;
  return value === null ? others : { ...others, [key]: value };
}

export type SettingsCatalogue = Pick<Service, "options" | "modes" | "ratios" | "params">;

/** Kept settings without what the service has no more. */
export function fittingSettings(
  kept: DraftSettings,
  { options, modes, ratios, params }: SettingsCatalogue,
): DraftSettings {
  return {
    options: Object.fromEntries(
      options.flatMap((group) => {
        const choice = group.choices.find(({ id }) => id === kept.options[group.id]);
        return choice === undefined ? [] : [[group.id, choice.id]];
      }),
    ),
    prompt: kept.prompt,
    mode: modes.find(({ id }) => id === kept.mode)?.id ?? null,
    ratio: ratios.slice(1).find((ratio) => ratio === kept.ratio) ?? null,
    params: Object.fromEntries(
      params.flatMap(({ id, min, max }) => {
        const value = kept.params[id];
        return value === undefined || value < min || value > max ? [] : [[id, value]];
      }),
    ),
  };
}

/** The same for settings that ask for the same. */
export function settingsKey({ options, prompt, mode, ratio, params }: DraftSettings): unknown[] {
  return [byName(options), prompt.trim(), mode, ratio, byName(params)];
}

function byName<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether there are words or choices for the model. */
export function hasWords(draft: Pick<DraftSettings, "options" | "prompt">): boolean {
  return Object.keys(draft.options).length > 0 || draft.prompt.trim() !== "";
}

/**
 * Whether there is anything to do: words, choices, another frame, or a service that works on whole
 * pictures and so has a purpose of its own.
 */
export function hasInstruction(
  draft: Pick<DraftSettings, "options" | "prompt" | "ratio">,
  service: Pick<Service, "mask">,
): boolean {
  return hasWords(draft) || draft.ratio !== null || service.mask === "none";
}

/** Whether a part must be selected first: where one can paint, unless only the frame grows. */
export function needsSelection(
  draft: Pick<DraftSettings, "options" | "prompt" | "ratio">,
  service: Pick<Service, "mask">,
): boolean {
  if (service.mask === "none") return false;
  return service.mask === "required" || draft.ratio === null || hasWords(draft);
}
