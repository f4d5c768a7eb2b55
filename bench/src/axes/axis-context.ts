import type { BenchCluster } from "../open-cluster.ts";

/** What every axis is given. */
export interface AxisContext {
  readonly cluster: BenchCluster;
  /** Short rounds: the figures say nothing, but everything runs and is audited. */
  readonly quick: boolean;
  /** Progress, one line. */
  readonly say: (line: string) => void;
}

/** Takes the full or the short size of something. */
export function sized(ctx: AxisContext, size: { full: number; quick: number }): number {
  return ctx.quick ? size.quick : size.full;
}
