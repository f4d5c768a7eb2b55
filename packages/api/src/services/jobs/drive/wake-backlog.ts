import { MAX_BACKOFF_MS } from "../../../domain/retry-policy.ts";
import type { DriveContext } from "./drive-context.ts";

/**
 * Wakes the oldest job that waits for a slot, because one has just become free. A job that failed
 * before is among them once its backoff is surely over; a longer Retry-After the gate keeps.
 */
export async function wakeBacklog(ctx: DriveContext, backend: string): Promise<void> {
  const now = ctx.now();
  const failedBefore = new Date(now.getTime() - MAX_BACKOFF_MS);
  const jobId = await ctx.rows.findNextWaiting({ backend, now, failedBefore });
  if (jobId === null) return;
  await ctx.rows.wake({ jobId, now });
  ctx.driveSoon(jobId);
}
