import type { ServiceInput } from "../../../contract/gpu-service.ts";
import { normalizeRequest } from "../../../prompt/normalize-request.ts";
import {
  translateRequest,
  type TranslatedRequest,
} from "../../../prompt/thai/translate-request.ts";
import { asksForColor, withoutRestatements } from "./without-restatements.ts";

/** The options as the request leaves them. */
export interface ResolvedRestore {
  options: Readonly<Record<string, string>>;
  /** What is asked besides what every restoration does. */
  request: TranslatedRequest;
  /** Options of which the request decides otherwise. */
  overruled: ReadonlySet<"color" | "faces">;
}

/** Reads options and words together; where they contradict each other, the words are followed. */
export function resolveRestore({
  options: { color, faces, ...others },
  prompt,
}: Pick<ServiceInput, "options" | "prompt">): ResolvedRestore {
  const asked = normalizeRequest(prompt ?? "");
  const isColorized = keepsTone(color) && asksForColor(asked);
  const usedColor = isColorized ? "colorize" : color;
  const request = translateRequest(
    withoutRestatements(asked, { colorizes: (usedColor ?? "colorize") === "colorize" }),
  );
  const isAboutFaces = request.changes.has("face") || request.changes.has("skin");
  const areTouched = faces === "untouched" && isAboutFaces;
  return {
    options: {
      ...others,
      ...(usedColor === undefined ? {} : { color: usedColor }),
      ...(faces === undefined || areTouched ? {} : { faces }),
    },
    request,
    overruled: new Set([
      ...(isColorized ? ["color" as const] : []),
      ...(areTouched ? ["faces" as const] : []),
    ]),
  };
}

/** Whether a choice of color leaves the photo in the tone it has. */
export function keepsTone(color: string | undefined): boolean {
  return color === "black-and-white" || color === "sepia";
}
