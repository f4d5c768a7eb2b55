import type { Service } from "@ob/api";

/** What a server accepts that does not say. */
const USUAL_CODE_POINTS = 2_000;

/** Code points the server accepts; the counter shows what the eye counts, the limit is this. */
export function promptLimit(service: Pick<Service, "limits">): number {
  return service.limits?.promptCodePoints ?? USUAL_CODE_POINTS;
}

/** Whether the server would refuse these words for their length. */
export function isPromptTooLong(prompt: string, service: Pick<Service, "limits">): boolean {
  return Array.from(prompt).length > promptLimit(service);
}
