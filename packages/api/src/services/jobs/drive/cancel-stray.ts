import type { JobRow } from "@ob/db";
import type { DriveContext } from "./drive-context.ts";

/**
 * Ends a run that was queued after its attempt had been given up: nobody waits for it, and it must
 * not run beside another of its job. Best effort; RunPod's TTL ends it in any case.
 */
export async function cancelStray(
  ctx: DriveContext,
  o: {
    readonly job: Pick<JobRow, "id" | "backend">;
    readonly attemptId: string;
    readonly runpodJobId: string;
  },
): Promise<void> {
  const { job, attemptId, runpodJobId } = o;
  ctx.log.error("attempt.zombie", { jobId: job.id, attemptId });
  try {
    const { backend } = ctx.gpus.side(job.backend);
    await backend.cancel(runpodJobId, new AbortController().signal);
  } catch (cause) {
    ctx.log.error("attempt.zombie-not-cancelled", { attemptId, cause });
  }
}
