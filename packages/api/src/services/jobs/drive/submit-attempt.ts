import { ImageError } from "@ob/imaging";
import type { AttemptRequest } from "@ob/runpod";
import { deadAfter, maySend } from "../../../domain/attempt-lifecycle.ts";
import { slotWaitMs } from "../../../domain/retry-policy.ts";
import type { SubmitPermit } from "../../gpus/submit-gate.ts";
import { bringPictures } from "./bring-pictures.ts";
import { cancelStray } from "./cancel-stray.ts";
import { concludeJob } from "./conclude-job.ts";
import { discardLeftovers } from "./discard-leftovers.ts";
import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { PictureMissing } from "./load-pictures.ts";
import { type PreparedAttempt, prepareAttempt } from "./prepare-attempt.ts";
import { settleSubmit } from "./settle-submit.ts";
import { MOVED, type StepOutcome, waitFor } from "./step-outcome.ts";

/** Takes a slot, writes the intent, and sends it once; or says when to look again. */
export async function submitAttempt(
  ctx: DriveContext,
  { job, attempt: previous }: DriveState,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const now = ctx.now();
  const entered = ctx.gpus.side(job.backend).gate.enter(now);
  if (entered instanceof Date) {
    return waitFor(entered.getTime() - now.getTime(), now, [job.deadlineAt]);
  }
  try {
    if (previous !== null) discardLeftovers(ctx, previous);
    return await submitWithin(ctx, { job, permit: entered }, signal);
  } finally {
    entered.release();
  }
}

interface Entered {
  readonly job: DriveState["job"];
  readonly permit: SubmitPermit;
}

async function submitWithin(
  ctx: DriveContext,
  { job, permit }: Entered,
  signal: AbortSignal,
): Promise<StepOutcome> {
  // Looked at before the pictures are made, which is slow; the intent counts again under its lock.
  if (await allSlotsTaken(ctx, job.backend)) return waitForSlot(ctx, job);
  const prepared = await prepareOrNull(ctx, job);
  if (prepared === null) {
    return concludeJob(ctx, { job, attempt: null }, "tries");
  }
  signal.throwIfAborted();
  const request = toRequest(ctx, prepared);
  const hindrance = await bringPictures(ctx, { job, request }, signal);
  return hindrance ?? intendAndSend(ctx, { job, permit, prepared, request }, signal);
}

async function prepareOrNull(
  ctx: DriveContext,
  job: DriveState["job"],
): Promise<PreparedAttempt | null> {
  try {
    const prepare = () => prepareAttempt(ctx, job);
    return await (ctx.pictureWork?.run(prepare) ?? prepare());
  } catch (error) {
    if (!(error instanceof PictureMissing) && !(error instanceof ImageError)) throw error;
    ctx.log.error("attempt.unpreparable", { jobId: job.id, cause: error.message });
    return null;
  }
}

function toRequest(
  { gpuSettings: settings, settings: { webhookOrigin } }: DriveContext,
  { names, files, bound }: PreparedAttempt,
): AttemptRequest {
  return {
    graph: bound.graph,
    images: [...files],
    filePrefix: names.filePrefix,
    webhookUrl: `${webhookOrigin}/webhooks/runpod/${names.token}`,
    executionTimeoutMs: settings.executionTimeoutMs,
    ttlMs: settings.ttlMs,
  };
}

async function intendAndSend(
  ctx: DriveContext,
  { job, permit, prepared, request }: Entered & { prepared: PreparedAttempt } & Requested,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { gpuSettings: settings } = ctx;
  const attemptId = ctx.newId();
  const intentAt = ctx.now();
  const intended = await ctx.rows.intend({
    attemptId,
    jobId: job.id,
    maxInFlight: settings.maxInFlight,
    maxTries: settings.maxTries,
    variant: prepared.bound.variant,
    graphHash: prepared.bound.graphHash,
    filePrefix: prepared.names.filePrefix,
    imageName: prepared.names.imageName,
    extraImageNames: prepared.names.extraImageNames,
    maskName: prepared.names.maskName,
    tokenSha256: prepared.names.tokenSha256,
    deadAfter: deadAfter(intentAt, settings),
    deadlineAt: new Date(intentAt.getTime() + settings.deadlineMs),
    now: intentAt,
  });
  switch (intended.outcome) {
    case "no-slot":
      return waitForSlot(ctx, job);
    case "not-ready":
      return MOVED;
    case "intended":
      ctx.doorbell.ring(intended.ownerId);
      ctx.log.info("attempt.submitting", { jobId: job.id, attemptId, n: intended.n });
      ctx.failpoint("attempt.intended");
      return send(ctx, { job, permit, attemptId, intentAt, request }, signal);
  }
}

interface Requested {
  readonly request: AttemptRequest;
}

interface Sending extends Entered, Requested {
  readonly attemptId: string;
  readonly intentAt: Date;
}

async function send(
  ctx: DriveContext,
  { job, permit, attemptId, intentAt, request }: Sending,
  signal: AbortSignal,
): Promise<StepOutcome> {
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
  ctx.failpoint("attempt.answered");
  const state = await ctx.rows.read({ jobId: job.id, now: ctx.now() });
  if (state === null || !isAttempt(state.attempt, attemptId)) {
    // It was given up meanwhile, and another has followed.
    if (outcome.kind === "accepted") {
      await cancelStray(ctx, { job, attemptId, runpodJobId: outcome.runpodJobId });
    }
    return MOVED;
  }
  const settled = await settleSubmit(
    ctx,
    { ...state, attempt: state.attempt },
    { outcome, sentAt },
  );
  ctx.failpoint("attempt.settled");
  return settled;
}

function isAttempt(attempt: AttemptRow | null, attemptId: string): attempt is AttemptRow {
  return attempt?.id === attemptId;
}

async function allSlotsTaken(ctx: DriveContext, backend: string): Promise<boolean> {
  return (await ctx.rows.countSlotsTaken(backend)) >= ctx.gpuSettings.maxInFlight;
}

async function waitForSlot(ctx: DriveContext, job: DriveState["job"]): Promise<StepOutcome> {
  const ahead = await ctx.rows.countQueuedAhead(job);
  return waitFor(slotWaitMs(ahead), ctx.now(), [job.deadlineAt]);
}
