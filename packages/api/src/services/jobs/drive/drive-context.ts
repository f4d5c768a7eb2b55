import type { ServiceContext } from "../../context.ts";

/** What driving jobs needs besides a service context; made once by the driver. */
export interface DriveContext extends ServiceContext {
  /** In [0, 1), spreads retries. */
  readonly random: () => number;
}
