import type { AttemptMove, AttemptPatch, JobFailureCode } from "@ob/db";
import { ATTEMPT_EVENTS, type DeadReason } from "../../../domain/attempt-lifecycle.ts";
import { isTerminal } from "../../../domain/job-lifecycle.ts";
import { retryDelayMs } from "../../../domain/retry-policy.ts";
import { applyJobEvent } from "../apply-job-event.ts";
import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { MOVED, type StepOutcome, waitFor } from "./step-outcome.ts";
import { wakeBacklog } from "./wake-backlog.ts";

/** How an attempt surely ended without a result. */
export interface AttemptDeath {
  readonly reason: DeadReason;
  /** Whether another attempt of the same request may go better. */
  readonly retriable: boolean;
  /** False: it used up no try. */
  readonly countsAsTry: boolean;
  readonly errorCode: JobFailureCode;
  /** For operators, at most 2,000 characters; null = nothing to say. */
  readonly message: string | null;
  readonly retryAfterMs: number | null;
  /** Other facts to keep with the attempt. */
  readonly patch?: AttemptPatch;
}

/** A wish may arrive between reading and writing; each retry sees it. */
const MAX_ROUNDS = 4;

/**
 * Closes an attempt and moves its job along: back to queued, to `cancelled` when that was wished,
 * or to `failed` when nothing is left to try.
 */
export async function endAttempt(
  ctx: DriveContext,
  state: DriveState & { attempt: AttemptRow },
  death: AttemptDeath,
): Promise<StepOutcome> {
  const move = toMove(state.attempt, death);
  let job: DriveState["job"] | undefined = state.job;
  for (let round = 0; round < MAX_ROUNDS && job !== undefined; round += 1) {
    if (isTerminal(job.status)) {
      await ctx.rows.applyAttempt({
        attemptId: move.id,
        from: move.from,
        to: move.to,
        patch: move,
        now: ctx.now(),
      });
      await wakeBacklog(ctx, job.backend);
      return MOVED;
    }
    const outcome = await endWithJob(ctx, { ...state, job }, { death, move });
    if (outcome !== null) {
      await wakeBacklog(ctx, job.backend);
      return outcome;
    }
    job = (await ctx.rows.read({ jobId: job.id, now: ctx.now() }))?.job;
  }
  return MOVED;
}

function toMove(attempt: AttemptRow, death: AttemptDeath): AttemptMove {
  const event = attempt.state === "submitted" ? ATTEMPT_EVENTS.ended : ATTEMPT_EVENTS.refused;
  return {
    ...death.patch,
    id: attempt.id,
    from: event.from,
    to: event.to,
    deadReason: death.reason,
    countsAsTry: death.countsAsTry,
    ...(death.message === null ? {} : { failureMessage: death.message.slice(0, 2_000) }),
  };
}

async function endWithJob(
  ctx: DriveContext,
  { job, attempt }: DriveState & { attempt: AttemptRow },
  { death, move }: { death: AttemptDeath; move: AttemptMove },
): Promise<StepOutcome | null> {
  const now = ctx.now();
  if (job.cancelRequestedAt !== null) {
    return (await applyJobEvent(ctx, "cancelled", { job, facts: { attempt: move } })) && MOVED;
  }
  const triesUsed = death.countsAsTry ? job.tries : job.tries - 1;
  const late = now >= job.deadlineAt;
  if (!death.retriable || late || triesUsed >= ctx.gpuSettings.maxTries) {
    const errorCode = late ? "GPU_TIMEOUT" : death.errorCode;
    // A wish that came meanwhile ends as cancelled, never as failed.
    const facts = { attempt: move, errorCode, unlessCancelRequested: true as const };
    return (await applyJobEvent(ctx, "gaveUp", { job, facts })) && MOVED;
  }
  const giveBack = death.countsAsTry ? {} : { giveBackTry: true as const };
  const facts = { attempt: move, unlessCancelRequested: true as const, ...giveBack };
  const died = await applyJobEvent(ctx, "died", { job, facts });
  if (died === null) return null;
  const delayMs = retryDelayMs({
    failures: attempt.n - 1,
    retryAfterMs: death.retryAfterMs,
    random: ctx.random(),
    settings: ctx.gpuSettings,
  });
  return waitFor(delayMs, now, [job.deadlineAt]);
}
