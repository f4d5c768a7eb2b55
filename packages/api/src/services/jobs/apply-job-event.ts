import type { JobFacts, JobRow } from "@ob/db";
import { JOB_EVENTS, type JobEvent } from "../../domain/job-lifecycle.ts";
import type { LifecycleContext } from "./drive/drive-context.ts";

/** Facts of an event, and the job as the caller last saw it. */
export interface EventOfJob {
  readonly job: Pick<JobRow, "id" | "status" | "stage">;
  readonly facts: JobFacts;
}

/**
 * Moves a job if its status still accepts `event`, rings its owner's doorbell and logs the change.
 * `null`: a late or repeated report, or another guard said no; nothing changed.
 */
export async function applyJobEvent(
  ctx: LifecycleContext,
  event: JobEvent,
  { job, facts }: EventOfJob,
): Promise<JobRow | null> {
  const { from, to, credits, stage } = JOB_EVENTS[event];
  const applied = await ctx.rows.apply({
    jobId: job.id,
    event,
    from,
    to,
    credits,
    transferId: ctx.newId(),
    now: ctx.now(),
    facts: stage === null ? facts : { stage, ...facts },
  });
  if (applied === null) {
    ctx.log.info("job.event-refused", { jobId: job.id, jobEvent: event, seenStatus: job.status });
    return null;
  }
  ctx.doorbell.ring(applied.ownerId);
  if (event !== "progressed") logChange(ctx, event, applied.job);
  return applied.job;
}

function logChange(ctx: LifecycleContext, event: JobEvent, job: JobRow): void {
  ctx.log.info("job.changed", {
    jobId: job.id,
    ownerId: job.ownerId,
    jobEvent: event,
    status: job.status,
    stage: job.stage,
    ...(job.errorCode === null ? {} : { code: job.errorCode }),
  });
}
