import { AppError } from "../../domain/app-error.ts";
import { applyJobEvent } from "./apply-job-event.ts";
import type { LifecycleContext } from "./drive/drive-context.ts";
import type { CancellableJob } from "./drive/drive-rows.ts";

/** The job may move between reading and writing; each retry sees it. */
const MAX_ROUNDS = 4;

/**
 * Stores an owner's wish to cancel: the job is `cancelled` at once where no attempt can be live, else
 * the driver carries the wish out. Repeats change nothing.
 * @throws {AppError} JOB_NOT_FOUND; JOB_NOT_CANCELLABLE once its result was made or it ended otherwise
 */
export async function wishCancel(
  ctx: LifecycleContext,
  { jobId, ownerId }: { jobId: string; ownerId: string },
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const job = await ctx.rows.readOwned({ jobId, ownerId });
    if (job === null) throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
    if (job.status === "storing") throw new AppError("JOB_NOT_CANCELLABLE", { field: "jobId" });
    if (job.cancelRequestedAt !== null || job.status === "cancelled") return;
    if (job.status === "done" || job.status === "failed") {
      throw new AppError("JOB_NOT_CANCELLABLE", { field: "jobId" });
    }
    if (await storeWish(ctx, job)) return;
  }
}

async function storeWish(ctx: LifecycleContext, job: CancellableJob): Promise<boolean> {
  const dueAt = ctx.now();
  const now = { cancelRequested: true, requireNoLiveAttempt: true, dueAt: null } as const;
  if ((await applyJobEvent(ctx, "cancelled", { job, facts: now })) !== null) return true;
  const later = { cancelRequested: true, unlessCancelRequested: true, dueAt } as const;
  if ((await applyJobEvent(ctx, "cancelRequested", { job, facts: later })) === null) return false;
  ctx.driveSoon(job.id);
  return true;
}
