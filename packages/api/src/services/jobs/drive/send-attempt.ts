import type { AttemptRequest } from "@ob/runpod";
import { maySend } from "../../../domain/attempt-lifecycle.ts";
import type { SubmitPermit } from "../../gpus/submit-gate.ts";
import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { bindAccepted, settleUnaccepted, type SubmitAnswer } from "./settle-submit.ts";
import { MOVED, type StepOutcome } from "./step-outcome.ts";

const SETTLE_AGAIN_MS = 250;
/** A lease that is lost makes an id no less worth keeping; a process that ends has two seconds left for it. */
const MOST_WITHOUT_LEASE = 8;

/** An intent that is written, to be sent by us alone. */
export interface Intent {
  readonly attemptId: string;
  readonly intentAt: Date;
}

/** An intent with everything its sending takes. */
export interface Sending extends Intent {
  readonly job: DriveState["job"];
  readonly permit: SubmitPermit;
  readonly request: AttemptRequest;
}

/** Sends an intent once, and writes down what came of it. */
export async function sendAttempt(
  ctx: DriveContext,
  sending: Sending,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { job, permit, intentAt, request } = sending;
  const { gpuSettings: settings } = ctx;
  let sentAt: Date | null = null;
  const outcome = await ctx.gpus.side(job.backend).backend.submit(request, {
    signal,
    onBeforeSend: () => {
      sentAt = ctx.now();
      const may = maySend(intentAt, sentAt, settings);
      if (may) {
        permit.release();
        ctx.failpoint("attempt.sending");
      }
      return may;
    },
  });
  if (outcome.kind === "accepted") ctx.gpus.side(job.backend).gate.open();
  ctx.failpoint("attempt.answered");
  const settled = await settleSurely(ctx, sending, { answer: { outcome, sentAt }, signal });
  ctx.failpoint("attempt.settled");
  return settled;
}

/**
 * What the other side answered is known here alone: an id that is forgotten is a run nobody collects.
 * So a database that is away is asked again for as long as the lease may hold, and for a moment
 * without one. Settling twice is harmless: every move is guarded.
 * @throws what the database threw last
 */
async function settleSurely(
  ctx: DriveContext,
  sending: Sending,
  { answer, signal }: { answer: SubmitAnswer; signal: AbortSignal },
): Promise<StepOutcome> {
  const most = Math.ceil(ctx.gpuSettings.leaseMs / SETTLE_AGAIN_MS);
  for (let tried = 1; ; tried += 1) {
    try {
      return await settle(ctx, sending, answer);
    } catch (cause) {
      const { job, attemptId } = sending;
      if (tried >= (signal.aborted ? MOST_WITHOUT_LEASE : most)) throw cause;
      ctx.log.warn("attempt.settle-again", { jobId: job.id, attemptId, cause });
      await ctx.pause(SETTLE_AGAIN_MS);
    }
  }
}

async function settle(
  ctx: DriveContext,
  { job, attemptId }: Sending,
  answer: SubmitAnswer,
): Promise<StepOutcome> {
  const { outcome, sentAt } = answer;
  if (outcome.kind === "accepted") {
    const facts = { runpodJobId: outcome.runpodJobId, ...(sentAt === null ? {} : { sentAt }) };
    return bindAccepted(ctx, { job, attempt: { id: attemptId } }, facts);
  }
  const state = await ctx.rows.read({ jobId: job.id, now: ctx.now() });
  // Null or another: it was given up meanwhile.
  if (state === null || !isAttempt(state.attempt, attemptId)) return MOVED;
  return settleUnaccepted(ctx, { ...state, attempt: state.attempt }, { outcome, sentAt });
}

function isAttempt(attempt: AttemptRow | null, attemptId: string): attempt is AttemptRow {
  return attempt?.id === attemptId;
}
