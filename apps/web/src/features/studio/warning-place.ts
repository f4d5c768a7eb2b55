import type { Quote } from "@ob/api";

export type QuoteWarning = Quote["warnings"][number];

/** Where on the panel a warning is shown: beside what it is about. */
export type WarningPlace =
  | { readonly at: "option"; readonly group: string }
  | { readonly at: "prompt" | "ratio" | "extras" | "whole" };

/** Reads a warning's field, such as `input.options.light`; what has no place of its own is about the whole. */
export function warningPlace(field: string | null): WarningPlace {
  const path = (field ?? "").replace(/^input\./, "").split(".");
  const [first = "", second] = path;
  if (first === "options" && second !== undefined) return { at: "option", group: second };
  if (first === "prompt" || first === "ratio") return { at: first };
  return { at: first === "extraImageAssetIds" || first === "extraImages" ? "extras" : "whole" };
}

/** The warnings that belong at one place. */
export function warningsAt(warnings: readonly QuoteWarning[], place: WarningPlace): QuoteWarning[] {
  return warnings.filter(({ field }) => {
    const found = warningPlace(field);
    if (found.at === "option") return place.at === "option" && place.group === found.group;
    return found.at === place.at;
  });
}
