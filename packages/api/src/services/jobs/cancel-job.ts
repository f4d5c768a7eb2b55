import type { Job } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";
import { getJob } from "./get-job.ts";
import { wishCancel } from "./wish-cancel.ts";

/**
 * Stores the wish to cancel and answers at once: `cancelled` where no attempt can be live, else the
 * same status with `cancelRequested`. Repeats return the job.
 * @throws {AppError} as {@link wishCancel}
 */
export async function cancelJob(ctx: CallerContext, { jobId }: { jobId: string }): Promise<Job> {
  await wishCancel(ctx.services, { jobId, ownerId: ctx.ownerId });
  return getJob(ctx, { jobId });
}
