import { GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { ATTEMPT_EVENTS } from "../../../domain/attempt-lifecycle.ts";
import type { DriveContext } from "./drive-context.ts";
import type { DriveState } from "./drive-rows.ts";
import { bindAccepted } from "./settle-submit.ts";

/**
 * While an attempt without an answer is waited for, and before it is doubted or given up: asks a
 * backend that can tell whether it has taken it in, and gives it its id then. What is not found proves
 * nothing.
 * @returns whether it was there
 */
export async function findLostAttempt(
  ctx: DriveContext,
  state: DriveState,
  signal: AbortSignal,
): Promise<boolean> {
  const { job, attempt } = state;
  const { from } = ATTEMPT_EVENTS.accepted;
  if (attempt === null || !from.some((known) => known === attempt.state)) return false;
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
  ctx.log.info("attempt.found", { jobId: job.id, attemptId: attempt.id });
  await bindAccepted(ctx, { ...state, attempt }, { runpodJobId });
  return true;
}
