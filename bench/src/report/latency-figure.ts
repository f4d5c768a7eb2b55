import type { Latencies } from "../statistics.ts";
import type { Figure, Role } from "./axis-report.ts";

/** Latencies as a figure of a report. */
export function latencyFigure(name: string, role: Role, ms: Latencies): Figure {
  return {
    name,
    role,
    values: { p50Ms: ms.p50, p95Ms: ms.p95, p99Ms: ms.p99, maxMs: ms.max, n: ms.n },
  };
}
