import { type DriveContext, driveJob } from "@ob/api";
import type { ClaimedJob } from "@ob/db";
import { countFailure } from "./count-failure.ts";
import { holdLease } from "./hold-lease.ts";
import { scheduleNext } from "./schedule-next.ts";

/** A job this process has claimed. */
export interface Claim extends ClaimedJob {
  readonly leaseOwner: string;
}

/** What ends drives early. */
export interface DriveEnds {
  /** The process ends now: whatever runs is dropped. */
  readonly cut: AbortSignal;
  readonly stopping: () => boolean;
  /** How often in a row driving this job has failed. */
  readonly failures: Map<string, number>;
}

/** Short: what failed is mostly a database or a store that was away, and its job is waited for. */
const MAX_FAILURE_WAIT_MS = 15_000;

/**
 * Drives one claimed job under a lease kept alive, and schedules its next look.
 * @returns that moment; null = nobody need look, or another process has the job now.
 */
export async function runDrive(
  ctx: DriveContext,
  claim: Claim,
  { cut, stopping, failures }: DriveEnds,
): Promise<Date | null> {
  const { jobId, leaseOwner, wakes } = claim;
  const lease = holdLease(ctx, { jobId, leaseOwner });
  let dueAt: Date | null;
  try {
    dueAt = await driveJob(ctx, jobId, {
      signal: AbortSignal.any([lease.lost, cut]),
      stopping,
    });
    failures.delete(jobId);
  } catch (cause) {
    if (lease.lost.aborted) {
      // Whoever has it now counts for himself, and may well end it.
      failures.delete(jobId);
      ctx.log.warn("driver.lease-lost", { jobId });
      return null;
    }
    dueAt = cut.aborted ? ctx.now() : afterFailure(ctx, { jobId, cause, failures });
  } finally {
    await lease.release();
  }
  const next = { jobId, leaseOwner, wakesSeen: wakes, dueAt };
  await scheduleNext(ctx, next, { lease, stopping });
  return dueAt;
}

function afterFailure(
  ctx: DriveContext,
  { jobId, cause, failures }: { jobId: string; cause: unknown; failures: Map<string, number> },
): Date {
  const count = countFailure(failures, jobId);
  ctx.log.error("driver.step-failed", { jobId, count, cause });
  const doubledMs = ctx.gpuSettings.backoffMs * 2 ** Math.min(count - 1, 10);
  return new Date(ctx.now().getTime() + Math.min(MAX_FAILURE_WAIT_MS, doubledMs));
}
