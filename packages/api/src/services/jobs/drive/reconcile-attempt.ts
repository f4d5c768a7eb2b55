import { GpuUnauthorized, GpuUnavailable, type RunpodReport } from "@ob/runpod";
import { killedFrom } from "../../../domain/attempt-lifecycle.ts";
import { isTerminal } from "../../../domain/job-lifecycle.ts";
import { UNAUTHORIZED_WAIT_MS } from "../../../domain/retry-policy.ts";
import { applyReport } from "./apply-report.ts";
import { concludeJob } from "./conclude-job.ts";
import type { DriveContext } from "./drive-context.ts";
import { endAttempt } from "./end-attempt.ts";
import { type StepOutcome, waitFor } from "./step-outcome.ts";
import type { SubmittedState } from "./submitted-state.ts";

/** How long past its time something waits for a RunPod that does not answer, ms. */
const SILENCE_MS = 60_000;

/**
 * Asks RunPod how a submitted attempt stands and moves the job accordingly. An attempt that is no
 * longer wanted (wish, deadline, ended job) is cancelled first: COMPLETED still wins.
 */
export async function reconcileAttempt(
  ctx: DriveContext,
  state: SubmittedState,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { job, attempt } = state;
  const unwanted =
    isTerminal(job.status) || job.cancelRequestedAt !== null || ctx.now() >= job.deadlineAt;
  const { backend } = ctx.gpus.side(attempt.backend);
  let report: RunpodReport;
  try {
    if (unwanted) {
      await backend.cancel(attempt.runpodJobId, signal);
      ctx.failpoint("cancel.sent");
    }
    report = await backend.report(attempt.runpodJobId, signal);
  } catch (error) {
    if (!(error instanceof GpuUnavailable) && !(error instanceof GpuUnauthorized)) throw error;
    return bearSilence(ctx, state, error);
  }
  ctx.failpoint("report.read");
  return applyReport(ctx, state, { report, signal });
}

async function bearSilence(
  ctx: DriveContext,
  state: SubmittedState,
  error: GpuUnavailable | GpuUnauthorized,
): Promise<StepOutcome> {
  const { job, attempt } = state;
  const now = ctx.now();
  const alert = error instanceof GpuUnauthorized;
  const fields = { jobId: job.id, attemptId: attempt.id, status: error.status };
  if (alert) ctx.log.error("gpu.unauthorized", { ...fields, reason: error.message });
  else ctx.log.warn("gpu.unavailable", { ...fields, reason: error.message });

  const lostFrom = new Date(killedFrom(attempt, ctx.gpuSettings).getTime() + SILENCE_MS);
  if (now >= lostFrom) {
    return endAttempt(ctx, state, {
      reason: "ttl",
      retriable: true,
      countsAsTry: true,
      errorCode: "GPU_TIMEOUT",
      message: "RunPod gave no answer until its TTL had passed.",
      retryAfterMs: null,
    });
  }
  const endsAt = new Date(job.deadlineAt.getTime() + SILENCE_MS);
  if (!isTerminal(job.status) && now >= endsAt) {
    ctx.log.error("job.deadline-unanswered", fields);
    const ending = job.cancelRequestedAt === null ? "deadline" : "wish";
    return concludeJob(ctx, state, ending);
  }
  const pollMs = alert ? UNAUTHORIZED_WAIT_MS : silentPollMs(ctx, state, error);
  return waitFor(pollMs, now, [job.deadlineAt, endsAt, lostFrom]);
}

function silentPollMs(
  ctx: DriveContext,
  { attempt, watched }: SubmittedState,
  error: GpuUnavailable | GpuUnauthorized,
): number {
  const submittedAt = attempt.submittedAt ?? attempt.intentAt;
  const poll = { attemptId: attempt.id, submittedAt, watched, now: ctx.now() };
  const usualMs = ctx.gpus.side(attempt.backend).polls.delayMs(poll, ctx.gpuSettings);
  const askedMs = error instanceof GpuUnavailable ? error.retryAfterMs : null;
  return askedMs ?? Math.max(usualMs, ctx.gpuSettings.backoffMs);
}
