import { GpuUnauthorized, GpuUnavailable, outputFileNames, type RunpodReport } from "@ob/runpod";
import { ATTEMPT_EVENTS } from "../../../domain/attempt-lifecycle.ts";
import type { LifecycleContext } from "./drive-context.ts";

/**
 * Gives an attempt without an answer the RunPod id that a webhook named, but only when RunPod itself
 * says COMPLETED and the output bears the attempt's own file prefix: the webhook proves nothing.
 * @returns whether the id was bound; the job is due then.
 */
export async function bindWebhookJob(
  ctx: LifecycleContext,
  { attemptId, runpodJobId }: { attemptId: string; runpodJobId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const attempt = await ctx.rows.readAttempt(attemptId);
  const { from, to } = ATTEMPT_EVENTS.accepted;
  if (attempt === null || !from.some((state) => state === attempt.state)) return false;
  let report: RunpodReport;
  try {
    report = await ctx.gpus.side(attempt.backend).backend.report(runpodJobId, signal);
  } catch (error) {
    if (error instanceof GpuUnavailable || error instanceof GpuUnauthorized) return false;
    throw error;
  }
  if (!isOurs(report, attempt.filePrefix)) return false;
  const now = ctx.now();
  const patch = { runpodJobId, submittedAt: now };
  // Due in the same transaction: should the wake-up below be lost, the result is collected all the same.
  const bound = await ctx.rows.applyAttempt({ attemptId, from, to, patch, now, jobDueAt: now });
  if (bound) {
    ctx.log.info("attempt.bound-by-webhook", { jobId: attempt.jobId, attemptId });
    await ctx.rows.wake({ jobId: attempt.jobId, now });
    ctx.driveSoon(attempt.jobId);
  }
  return bound;
}

function isOurs(report: RunpodReport, filePrefix: string): boolean {
  if (report.kind !== "completed") return false;
  return outputFileNames(report.output).some((filename) => filename.startsWith(filePrefix));
}
