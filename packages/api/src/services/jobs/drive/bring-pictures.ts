import { type AttemptRequest, GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { retryDelayMs, UNAUTHORIZED_WAIT_MS } from "../../../domain/retry-policy.ts";
import { concludeJob } from "./conclude-job.ts";
import type { DriveContext } from "./drive-context.ts";
import type { DriveState } from "./drive-rows.ts";
import { type StepOutcome, waitFor } from "./step-outcome.ts";

/**
 * Brings an attempt's pictures to the GPU side before its intent starts the clock. Null = they are
 * there, or go along with the submit; else when to look again: no attempt was begun and no try used.
 * Pictures the other side will never take end the job, and are no reason for others to wait.
 */
export async function bringPictures(
  ctx: DriveContext,
  { job, request }: { job: DriveState["job"]; request: AttemptRequest },
  signal: AbortSignal,
): Promise<StepOutcome | null> {
  const { backend, bringing } = ctx.gpus.side(job.backend);
  if (backend.prepare === undefined) return null;
  try {
    const bring = async () => backend.prepare?.(request, signal);
    await (ctx.pictureBringing?.run(bring, signal) ?? bring());
    bringing.brought();
    return null;
  } catch (error) {
    if (signal.aborted) throw error;
    const isOurs = error instanceof GpuUnauthorized;
    if (!isOurs && !(error instanceof GpuUnavailable)) throw error;
    const isRefused = !isOurs && isRefusal(error.status);
    const level = isOurs || isRefused ? ctx.log.error : ctx.log.warn;
    const { status } = error;
    level("attempt.pictures-not-brought", { jobId: job.id, status, isRefused, cause: error });
    return isRefused ? concludeJob(ctx, { job, attempt: null }, "tries") : waitOut(ctx, job, error);
  }
}

/** Whether the same pictures would be refused again, whenever they came. */
function isRefusal(status: number | null): boolean {
  return status === 400 || status === 413 || status === 422;
}

/** Holds everybody back, for longer each time nothing could be brought. */
function waitOut(
  ctx: DriveContext,
  job: DriveState["job"],
  error: GpuUnavailable | GpuUnauthorized,
): StepOutcome {
  const { gpuSettings: settings } = ctx;
  const { gate, bringing } = ctx.gpus.side(job.backend);
  const now = ctx.now();
  const delayMs = bringing.failed(now, (failures) =>
    error instanceof GpuUnauthorized
      ? UNAUTHORIZED_WAIT_MS
      : retryDelayMs({
          failures,
          retryAfterMs: error.retryAfterMs,
          random: ctx.random(),
          settings,
        }),
  );
  gate.close(now, delayMs);
  return waitFor(delayMs, now, [job.deadlineAt]);
}
