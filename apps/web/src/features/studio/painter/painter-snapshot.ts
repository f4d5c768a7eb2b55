import type { MaskHistory } from "./mask-history.ts";
import type { Selection } from "./mask-op.ts";
import type { View } from "./view-transform.ts";

export type Tool = "brush" | "eraser";

/** What the screen around the painter needs to know; a new object whenever something changed. */
export interface PainterSnapshot {
  readonly tool: Tool;
  /** 0 to 100, see brush-size.ts. */
  readonly brushStep: number;
  readonly history: MaskHistory;
  readonly selection: Selection;
  /** Share of the picture selected, 0 to 1. */
  readonly coverage: number;
  readonly view: View;
  /** 1 = the whole picture fits. */
  readonly zoom: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}
