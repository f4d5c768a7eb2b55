import { ImageError } from "@ob/imaging";
import type { AttemptRequest } from "@ob/runpod";
import { deadAfter } from "../../../domain/attempt-lifecycle.ts";
import { slotWaitMs } from "../../../domain/retry-policy.ts";
import type { SlotReservation } from "../../gpus/slot-reservations.ts";
import type { SubmitPermit } from "../../gpus/submit-gate.ts";
import { bringPictures } from "./bring-pictures.ts";
import { concludeJob } from "./conclude-job.ts";
import { discardLeftovers } from "./discard-leftovers.ts";
import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow, DriveState, PictureKeys } from "./drive-rows.ts";
import { PictureMissing } from "./load-pictures.ts";
import { type PreparedAttempt, prepareAttempt } from "./prepare-attempt.ts";
import { type Intent, sendAttempt } from "./send-attempt.ts";
import { MOVED, type StepOutcome, waitFor } from "./step-outcome.ts";

/** Takes a slot, writes the intent, and sends it once; or says when to look again. */
export async function submitAttempt(
  ctx: DriveContext,
  { job, attempt: previous, pictures }: DriveState,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const slot = await reserveSlot(ctx, job.backend);
  if (slot === null) return waitForSlot(ctx, job);
  try {
    const now = ctx.now();
    // Last: a turn that is given is taken, also by who finds no slot then.
    const permit = ctx.gpus.side(job.backend).gate.enter(now);
    if (permit instanceof Date) {
      return waitFor(permit.getTime() - now.getTime(), now, [job.deadlineAt]);
    }
    try {
      return await submitWithin(ctx, { job, previous, permit, slot, pictures }, signal);
    } finally {
      permit.release();
    }
  } finally {
    slot.release();
  }
}

interface Entered {
  readonly job: DriveState["job"];
  /** The attempt before this one; null = none was. */
  readonly previous: AttemptRow | null;
  readonly permit: SubmitPermit;
  readonly slot: SlotReservation;
  readonly pictures: PictureKeys;
}

async function submitWithin(
  ctx: DriveContext,
  entered: Entered,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { job } = entered;
  const prepared = await prepareOrNull(ctx, entered, signal);
  if (prepared === null) {
    return concludeJob(ctx, { job, attempt: null }, "tries");
  }
  signal.throwIfAborted();
  const request = toRequest(ctx, prepared);
  const intended = await bringAndIntend(ctx, { ...entered, prepared, request }, signal);
  return "kind" in intended
    ? intended
    : sendAttempt(ctx, { job, permit: entered.permit, request, ...intended }, signal);
}

async function prepareOrNull(
  ctx: DriveContext,
  { job, pictures }: Pick<Entered, "job" | "pictures">,
  signal: AbortSignal,
): Promise<PreparedAttempt | null> {
  try {
    const prepare = () => prepareAttempt(ctx, job, pictures);
    return await (ctx.pictureWork?.run(prepare, signal) ?? prepare());
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

interface Bringing extends Entered {
  readonly request: AttemptRequest;
  readonly prepared: PreparedAttempt;
}

/** What was brought for an intent that was not written goes again: nothing will ever be sent with it. */
async function bringAndIntend(
  ctx: DriveContext,
  bringing: Bringing,
  signal: AbortSignal,
): Promise<Intent | StepOutcome> {
  const { job, previous, permit, prepared, request, slot } = bringing;
  let isIntended = false;
  try {
    const hindrance = await bringPictures(ctx, { job, request }, signal);
    if (hindrance !== null) return hindrance;
    const now = ctx.now();
    // Bringing is slow: much may have come to light about the other side since it was entered.
    const closedUntil = permit.recheck(now);
    if (closedUntil !== null) {
      return waitFor(closedUntil.getTime() - now.getTime(), now, [job.deadlineAt]);
    }
    if (previous !== null) discardLeftovers(ctx, { ...previous, attemptId: previous.id });
    const intended = await intend(ctx, { job, prepared });
    isIntended = !("kind" in intended);
    return intended;
  } finally {
    slot.release();
    if (!isIntended) discardBrought(ctx, job, prepared);
  }
}

function discardBrought(
  ctx: DriveContext,
  { backend }: DriveState["job"],
  { names }: PreparedAttempt,
): void {
  if (ctx.gpus.side(backend).backend.prepare === undefined) return;
  const { filePrefix, imageName, extraImageNames, maskName } = names;
  discardLeftovers(ctx, {
    attemptId: null,
    backend,
    filePrefix,
    imageName,
    extraImageNames: [...extraImageNames],
    maskName,
  });
}

async function intend(
  ctx: DriveContext,
  { job, prepared }: Pick<Bringing, "job" | "prepared">,
): Promise<Intent | StepOutcome> {
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
      return { attemptId, intentAt };
  }
}

/** Null = all slots are taken, or others of this process are about to take them. */
async function reserveSlot(ctx: DriveContext, backend: string): Promise<SlotReservation | null> {
  const { slots } = ctx.gpus.side(backend);
  // Where slots are scarce they are counted before pictures are made for one; the intent counts in any case.
  const taken = slots.wasFull(ctx.now()) ? await ctx.rows.countSlotsTaken(backend) : 0;
  return slots.reserve(ctx.gpuSettings.maxInFlight - taken);
}

async function waitForSlot(ctx: DriveContext, job: DriveState["job"]): Promise<StepOutcome> {
  ctx.gpus.side(job.backend).slots.noteFull(ctx.now());
  const ahead = await ctx.rows.countQueuedAhead(job);
  return waitFor(slotWaitMs(ahead), ctx.now(), [job.deadlineAt]);
}
