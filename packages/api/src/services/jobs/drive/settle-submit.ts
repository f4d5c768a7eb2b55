import type { SubmitOutcome } from "@ob/runpod";
import { ATTEMPT_EVENTS } from "../../../domain/attempt-lifecycle.ts";
import {
  judgeRefusal,
  type RefusalVerdict,
  retryDelayMs,
  UNAUTHORIZED_WAIT_MS,
} from "../../../domain/retry-policy.ts";
import { applyJobEvent } from "../apply-job-event.ts";
import { cancelStray } from "./cancel-stray.ts";
import type { DriveContext } from "./drive-context.ts";
import { endAttempt } from "./end-attempt.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { MOVED, type StepOutcome, waitFor } from "./step-outcome.ts";

type SentState = DriveState & { attempt: AttemptRow };
type Refused = Extract<SubmitOutcome, { kind: "refused" }>;
type Unanswered = Extract<SubmitOutcome, { kind: "unanswered" }>;

/** What came of one submit. */
export interface SubmitAnswer {
  readonly outcome: SubmitOutcome;
  /** When the bytes left; null = it was never asked. */
  readonly sentAt: Date | null;
}

/** Writes down that a submit was refused, or that nobody knows. */
export async function settleUnaccepted(
  ctx: DriveContext,
  state: SentState,
  { outcome, sentAt }: SubmitAnswer & { readonly outcome: Refused | Unanswered },
): Promise<StepOutcome> {
  if (outcome.kind === "refused") return settleRefused(ctx, state, outcome);
  const { from, to } = ATTEMPT_EVENTS.unanswered;
  const attemptId = state.attempt.id;
  ctx.log.warn("attempt.unanswered", { jobId: state.job.id, attemptId, cause: outcome.cause });
  const patch = sentAt === null ? {} : { sentAt };
  await ctx.rows.applyAttempt({ attemptId, from, to, patch, now: ctx.now() });
  return MOVED;
}

/**
 * Gives an attempt the id under which the other side has taken it in. Only an attempt that still waits
 * for one takes it, whatever the caller believes of its state.
 */
export async function bindAccepted(
  ctx: DriveContext,
  { job, attempt }: { readonly job: SentState["job"]; readonly attempt: Pick<AttemptRow, "id"> },
  facts: { readonly runpodJobId: string; readonly sentAt?: Date },
): Promise<StepOutcome> {
  const now = ctx.now();
  const { from, to } = ATTEMPT_EVENTS.accepted;
  const patch = { ...facts, submittedAt: now };
  const move = { id: attempt.id, from, to, ...patch };
  if ((await applyJobEvent(ctx, "accepted", { job, facts: { attempt: move } })) !== null) {
    return waitFor(ctx.gpuSettings.firstPollMs, now, [job.deadlineAt]);
  }
  // The job has ended meanwhile: keep the id, so that the next step can cancel it at RunPod.
  const stored = await ctx.rows.applyAttempt({ attemptId: attempt.id, from, to, patch, now });
  if (stored) {
    ctx.log.warn("attempt.accepted-late", { jobId: job.id, attemptId: attempt.id });
    return MOVED;
  }
  if (!(await alreadyBound(ctx, attempt.id, facts.runpodJobId))) {
    await cancelStray(ctx, { job, attemptId: attempt.id, runpodJobId: facts.runpodJobId });
  }
  return MOVED;
}

async function alreadyBound(
  ctx: DriveContext,
  attemptId: string,
  runpodJobId: string,
): Promise<boolean> {
  return (await ctx.rows.readAttempt(attemptId))?.runpodJobId === runpodJobId;
}

async function settleRefused(
  ctx: DriveContext,
  state: SentState,
  outcome: Refused,
): Promise<StepOutcome> {
  const verdict = judgeRefusal(outcome.status);
  const fields = { jobId: state.job.id, attemptId: state.attempt.id, status: outcome.status };
  const log = verdict.alert ? ctx.log.error : ctx.log.warn;
  log("attempt.refused", { ...fields, reason: outcome.reason });
  // Our own clock ran out before a byte left: nothing is wrong with the other side.
  const neverSent = outcome.status === null && outcome.reason === "never sent";
  const delayMs = refusalDelayMs(ctx, state.attempt, { verdict, outcome });
  if (verdict.pausesAll && !neverSent) {
    ctx.gpus.side(state.job.backend).gate.close(ctx.now(), delayMs);
  }
  return endAttempt(ctx, state, {
    reason: outcome.status === null ? "never-sent" : "refused",
    retriable: verdict.then === "retry",
    countsAsTry: verdict.then === "give-up",
    errorCode: "GPU_FAILED",
    message: outcome.reason,
    retryAfterMs: delayMs,
  });
}

function refusalDelayMs(
  ctx: DriveContext,
  attempt: AttemptRow,
  { verdict, outcome }: { verdict: RefusalVerdict; outcome: Refused },
): number {
  if (verdict.alert) return UNAUTHORIZED_WAIT_MS;
  return retryDelayMs({
    failures: attempt.n - 1,
    retryAfterMs: outcome.retryAfterMs,
    random: ctx.random(),
    settings: ctx.gpuSettings,
  });
}
