import type { ServiceContext } from "../../context.ts";

/** What moving a job needs: no other row of the database, and no other part of the process. */
export type LifecycleContext = Pick<
  ServiceContext,
  | "rows"
  | "store"
  | "imaging"
  | "pictureWork"
  | "pictureBringing"
  | "resultsInHand"
  | "gpus"
  | "gpuSettings"
  | "registry"
  | "doorbell"
  | "driveSoon"
  | "log"
  | "failpoint"
  | "now"
  | "newId"
  | "randomBytes"
  | "settings"
>;

/** What driving jobs needs besides; made once by the driver. */
export interface DriveContext extends LifecycleContext {
  /** In [0, 1), spreads retries. */
  readonly random: () => number;
  /** Resolves after `ms`. */
  readonly pause: (ms: number) => Promise<void>;
}
