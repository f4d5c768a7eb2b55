import { jobs } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import type { Job } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { applyJobEvent } from "./apply-job-event.ts";
import { getJob } from "./get-job.ts";

/** The job may move between reading and writing; each retry sees it. */
const MAX_ROUNDS = 4;

/**
 * Stores the wish to cancel and answers at once: `cancelled` where no attempt can be live, else the
 * same status with `cancelRequested`. Repeats return the job.
 * @throws {AppError} JOB_NOT_FOUND; JOB_NOT_CANCELLABLE once its result was made or it ended otherwise
 */
export async function cancelJob(ctx: CallerContext, { jobId }: { jobId: string }): Promise<Job> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const job = await findOwnJob(ctx, jobId);
    if (job.status === "storing") throw new AppError("JOB_NOT_CANCELLABLE", { field: "jobId" });
    if (job.cancelRequestedAt !== null || job.status === "cancelled") break;
    if (job.status === "done" || job.status === "failed") {
      throw new AppError("JOB_NOT_CANCELLABLE", { field: "jobId" });
    }
    if (await wish(ctx, job)) break;
  }
  return getJob(ctx, { jobId });
}

async function wish(
  ctx: CallerContext,
  job: Awaited<ReturnType<typeof findOwnJob>>,
): Promise<boolean> {
  const { services } = ctx;
  const dueAt = services.now();
  const now = { cancelRequested: true, requireNoLiveAttempt: true, dueAt: null } as const;
  if ((await applyJobEvent(services, "cancelled", { job, facts: now })) !== null) return true;
  const later = { cancelRequested: true, unlessCancelRequested: true, dueAt } as const;
  if ((await applyJobEvent(services, "cancelRequested", { job, facts: later })) === null) {
    return false;
  }
  services.driveSoon(job.id);
  return true;
}

async function findOwnJob(ctx: CallerContext, jobId: string) {
  const rows = await ctx.services.db
    .select({
      id: jobs.id,
      status: jobs.status,
      stage: jobs.stage,
      cancelRequestedAt: jobs.cancelRequestedAt,
    })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.ownerId, ctx.ownerId), isNull(jobs.erasedAt)));
  const job = rows[0];
  if (job === undefined) throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
  return job;
}
