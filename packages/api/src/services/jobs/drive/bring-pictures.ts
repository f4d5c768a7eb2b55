import { type AttemptRequest, GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { retryDelayMs, UNAUTHORIZED_WAIT_MS } from "../../../domain/retry-policy.ts";
import type { DriveContext } from "./drive-context.ts";
import type { DriveState } from "./drive-rows.ts";
import { type StepOutcome, waitFor } from "./step-outcome.ts";

/**
 * Brings an attempt's pictures to the GPU side before its intent starts the clock. Null = they are
 * there, or go along with the submit; else when to look again: no attempt was begun and no try used.
 */
export async function bringPictures(
  ctx: DriveContext,
  { job, request }: { job: DriveState["job"]; request: AttemptRequest },
  signal: AbortSignal,
): Promise<StepOutcome | null> {
  const { backend, gate } = ctx.gpus.side(job.backend);
  if (backend.prepare === undefined) return null;
  try {
    await backend.prepare(request, signal);
    return null;
  } catch (error) {
    if (signal.aborted) throw error;
    const isOurs = error instanceof GpuUnauthorized;
    if (!isOurs && !(error instanceof GpuUnavailable)) throw error;
    (isOurs ? ctx.log.error : ctx.log.warn)("attempt.pictures-not-brought", {
      jobId: job.id,
      cause: error,
    });
    const now = ctx.now();
    const delayMs = isOurs ? UNAUTHORIZED_WAIT_MS : delayAfter(ctx, error.retryAfterMs);
    gate.close(now, delayMs);
    return waitFor(delayMs, now, [job.deadlineAt]);
  }
}

function delayAfter(ctx: DriveContext, retryAfterMs: number | null): number {
  const { gpuSettings: settings } = ctx;
  return retryDelayMs({ failures: 0, retryAfterMs, random: ctx.random(), settings });
}
