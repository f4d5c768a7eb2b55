/** A point in source pixels; may lie outside the picture. */
export interface SourcePoint {
  x: number;
  y: number;
}

/** One brush stroke: round caps, constant `widthPx` in source px, `points` flat as x0, y0, x1, y1 … whole source px. */
export interface StrokeOp {
  readonly kind: "stroke";
  readonly mode: "add" | "erase";
  readonly widthPx: number;
  readonly points: readonly number[];
}

/** What the user did to the mask; the mask is the fold of these from an empty one. */
export type MaskOp =
  | StrokeOp
  | { readonly kind: "fillAll" }
  | { readonly kind: "clear" }
  | { readonly kind: "invert" };

/** How much of the picture the operations select, as far as they alone can tell. */
export type Selection = "none" | "part" | "whole";

/** Folds operations to none, part or whole; "part" may still be empty when everything was erased again. */
export function selectionOf(ops: readonly MaskOp[]): Selection {
  let selection: Selection = "none";
  for (const op of ops) selection = nextSelection(selection, op);
  return selection;
}

function nextSelection(before: Selection, op: MaskOp): Selection {
  switch (op.kind) {
    case "fillAll":
      return "whole";
    case "clear":
      return "none";
    case "invert":
      return before === "none" ? "whole" : before === "whole" ? "none" : "part";
    case "stroke":
      if (op.mode === "add") return before === "whole" ? "whole" : "part";
      return before === "none" ? "none" : "part";
  }
}
