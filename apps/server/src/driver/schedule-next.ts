import { setTimeout as pause } from "node:timers/promises";
import type { ServiceContext } from "@ob/api";
import type { HeldLease } from "./hold-lease.ts";

/** When a job wants to be looked at next, by whoever holds its lease. */
export interface NextLook {
  readonly jobId: string;
  readonly leaseOwner: string;
  /** Doorbells heard before the drive. */
  readonly wakesSeen: number;
  /** Null = nobody need look. */
  readonly dueAt: Date | null;
}

const RETRY_MS = 250;

/**
 * Writes down when a job is due next, which ends its lease. A database that is away is asked again
 * for as long as the lease holds, so that the job goes on when the database is back, not when the
 * lease has lapsed. Asking twice is harmless: the lease is ended once.
 * @throws what the database threw last, when the lease is over or the process ends
 */
export async function scheduleNext(
  ctx: Pick<ServiceContext, "rows" | "now" | "log">,
  next: NextLook,
  { lease, stopping }: { lease: HeldLease; stopping: () => boolean },
): Promise<void> {
  for (;;) {
    try {
      await ctx.rows.schedule({ ...next, now: ctx.now() });
      return;
    } catch (cause) {
      if (stopping() || ctx.now() >= lease.heldUntil()) throw cause;
      ctx.log.warn("driver.schedule-again", { jobId: next.jobId, cause });
      await pause(RETRY_MS);
    }
  }
}
