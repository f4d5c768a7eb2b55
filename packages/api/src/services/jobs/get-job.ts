import type { Job } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import { isTerminal } from "../../domain/job-lifecycle.ts";
import type { CallerContext } from "../context.ts";
import { readJob } from "./read-jobs.ts";

/** One of the caller's jobs as it is now. @throws {AppError} JOB_NOT_FOUND also for foreign and erased ones */
export async function getJob(ctx: CallerContext, { jobId }: { jobId: string }): Promise<Job> {
  const found = await readJob(ctx, jobId);
  if (found === null) throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
  if (isTerminal(found.job.status)) ctx.services.sightings.note(jobId);
  return found.job;
}
