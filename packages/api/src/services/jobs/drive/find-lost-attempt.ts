import { GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { ATTEMPT_EVENTS } from "../../../domain/attempt-lifecycle.ts";
import type { DriveContext } from "./drive-context.ts";
import type { DriveState } from "./drive-rows.ts";

/**
 * Before an attempt without an answer is doubted, waited out or given up: asks a backend that can tell
 * whether it has taken it in, and gives it its id then. What is not found proves nothing.
 * @returns whether the id was bound
 */
export async function findLostAttempt(
  ctx: DriveContext,
  { job, attempt }: DriveState,
  signal: AbortSignal,
): Promise<boolean> {
  const { from, to } = ATTEMPT_EVENTS.accepted;
  if (attempt === null || !from.some((state) => state === attempt.state)) return false;
  const { backend } = ctx.gpus.side(attempt.backend);
  if (backend.find === undefined) return false;
  let runpodJobId: string | null;
  try {
    runpodJobId = await backend.find(attempt.filePrefix, signal);
  } catch (error) {
    if (error instanceof GpuUnavailable || error instanceof GpuUnauthorized) return false;
    throw error;
  }
  if (runpodJobId === null) return false;
  const now = ctx.now();
  const patch = { runpodJobId, submittedAt: now };
  const bound = await ctx.rows.applyAttempt({ attemptId: attempt.id, from, to, patch, now });
  if (bound) ctx.log.info("attempt.found", { jobId: job.id, attemptId: attempt.id });
  return bound;
}
