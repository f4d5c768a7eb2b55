import type { CanvasPlan } from "./canvas-plan.ts";

/** New area on each side of the source, in output px. */
export interface PlannedMargins {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Measures the area a plan adds around the source; all 0 when the output shows the source alone. */
export function plannedMargins({
  output,
  placed,
}: Pick<CanvasPlan, "output" | "placed">): PlannedMargins {
  return {
    left: placed.x,
    top: placed.y,
    right: output.width - placed.x - placed.width,
    bottom: output.height - placed.y - placed.height,
  };
}
