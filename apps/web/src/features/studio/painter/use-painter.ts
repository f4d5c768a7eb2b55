import { useSyncExternalStore } from "react";
import type { Painter, PainterSnapshot } from "./painter.ts";

/** The painter's state, drawn again whenever it changes. */
export function usePainter(painter: Painter): PainterSnapshot {
  return useSyncExternalStore(painter.subscribe, painter.getSnapshot);
}
