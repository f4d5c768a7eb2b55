import type { Selection } from "./painter/mask-op.ts";

/** What still stands between the user and the picture, first things first. */
export type MissingStep =
  | "photo"
  | "selection"
  | "instruction"
  | "promptTooLong"
  | "quoteRefused"
  | "upload"
  | "credits";

export interface Readiness {
  readonly hasPhoto: boolean;
  readonly selection: Selection;
  /** False where there is nothing to paint, or only the frame grows. */
  readonly needsSelection: boolean;
  readonly hasInstruction: boolean;
  readonly isPromptTooLong: boolean;
  /** The server refuses the job as it stands. */
  readonly isQuoteRefused: boolean;
  readonly isUploaded: boolean;
  /** Credits that lack; 0 = enough, or not known yet. */
  readonly shortBy: number;
}

/** The first missing step, or null when the job is complete. */
export function missingStep(readiness: Readiness): MissingStep | null {
  if (!readiness.hasPhoto) return "photo";
  if (readiness.needsSelection && readiness.selection === "none") return "selection";
  if (!readiness.hasInstruction) return "instruction";
  if (readiness.isPromptTooLong) return "promptTooLong";
  if (readiness.isQuoteRefused) return "quoteRefused";
  if (readiness.shortBy > 0) return "credits";
  return readiness.isUploaded ? null : "upload";
}
