import type { JobCreate, JobCreateOutcome } from "@ob/db";
import type { LifecycleContext } from "./drive/drive-context.ts";

/** Creates a job with its hold and its first answer in one transaction, then sets it going. */
export async function holdJob(
  ctx: LifecycleContext,
  job: JobCreate,
  { requestId }: { requestId: string },
): Promise<JobCreateOutcome> {
  const outcome = await ctx.rows.create(job);
  if (outcome.outcome !== "created") return outcome;
  const { jobId, ownerId } = job;
  ctx.failpoint("job.created");
  ctx.doorbell.ring(ownerId);
  ctx.driveSoon(jobId);
  const change = { jobEvent: "created", status: "queued" };
  ctx.log.info("job.changed", { jobId, ownerId, requestId, ...change });
  return outcome;
}
