import { ATTEMPT_EVENTS } from "../../../domain/attempt-lifecycle.ts";
import type { DriveContext } from "./drive-context.ts";
import { endAttempt } from "./end-attempt.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { MOVED, type StepOutcome } from "./step-outcome.ts";

/** Turns an intent that nobody reported on in time into an unknown attempt: it may have been sent. */
export async function doubtAttempt(
  ctx: DriveContext,
  { job, attempt }: DriveState & { attempt: AttemptRow },
): Promise<StepOutcome> {
  const { from, to } = ATTEMPT_EVENTS.unanswered;
  const now = ctx.now();
  ctx.log.warn("attempt.in-doubt", { jobId: job.id, attemptId: attempt.id });
  await ctx.rows.applyAttempt({ attemptId: attempt.id, from, to, patch: {}, now });
  return MOVED;
}

/** Closes an unknown attempt that RunPod's TTL has surely killed. */
export function expireAttempt(
  ctx: DriveContext,
  state: DriveState & { attempt: AttemptRow },
): Promise<StepOutcome> {
  return endAttempt(ctx, state, {
    reason: "ttl",
    retriable: true,
    countsAsTry: true,
    errorCode: "GPU_TIMEOUT",
    message: null,
    retryAfterMs: null,
  });
}
