import { useSyncExternalStore } from "react";
import type { PainterSnapshot } from "./painter-snapshot.ts";
import type { Painter } from "./painter.ts";

/** The painter's state, drawn again whenever it changes. */
export function usePainter(painter: Painter): PainterSnapshot {
  return useSyncExternalStore(painter.subscribe, painter.getSnapshot);
}
