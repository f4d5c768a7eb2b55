import type { Service } from "@ob/api";

/** The part of the catalogue that says how long the words may be; an older server does not say. */
export type PromptLimits = Service & {
  readonly limits?: { readonly promptCodePoints?: number };
};

/** What every service accepts unless it says otherwise. */
const USUAL_CODE_POINTS = 2_000;

/** Code points the server accepts; the counter shows what the eye counts, the limit is this. */
export function promptLimit(service: PromptLimits): number {
  return service.limits?.promptCodePoints ?? USUAL_CODE_POINTS;
}

/** Whether the server would refuse these words for their length. */
export function isPromptTooLong(prompt: string, service: PromptLimits): boolean {
  return Array.from(prompt).length > promptLimit(service);
}
