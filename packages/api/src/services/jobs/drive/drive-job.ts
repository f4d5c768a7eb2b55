import { chooseStep, type DriveStep } from "../../../domain/drive-step.ts";
import { findDelayMs } from "../../../domain/retry-policy.ts";
import { doubtAttempt, expireAttempt } from "./close-attempt.ts";
import { collectResult } from "./collect-result.ts";
import { concludeJob } from "./conclude-job.ts";
import { discardLeftovers } from "./discard-leftovers.ts";
import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow, DriveState } from "./drive-rows.ts";
import { findLostAttempt } from "./find-lost-attempt.ts";
import { reconcileAttempt } from "./reconcile-attempt.ts";
import {
  type CompletedReport,
  type HandOver,
  MOVED,
  type StepOutcome,
  waitFor,
} from "./step-outcome.ts";
import { submitAttempt } from "./submit-attempt.ts";
import { toSubmitted } from "./submitted-state.ts";

/** More steps than any lawful run of one job takes at once. */
const MAX_STEPS = 16;
const STUCK_WAIT_MS = 5_000;

/** Steps that give up hope of an answer. */
const GIVES_UP = {
  submit: false,
  reconcile: false,
  collect: false,
  conclude: true,
  doubt: true,
  expire: true,
} as const satisfies Record<Exclude<DriveStep["kind"], "wait">, boolean>;

/** What a drive obeys besides the rows. */
export interface DriveSignals {
  /** Aborted: the lease is lost or the process ends now; whatever runs is dropped. */
  readonly signal: AbortSignal;
  /** True: the process is about to end; finish the step at hand and begin no other. */
  readonly stopping: () => boolean;
}

/**
 * Drives one claimed job, step by step, until nothing is left to do at this moment.
 * @returns when somebody must look at it next; null = nobody need.
 * @throws whatever a step cannot handle; the rows are whole, and the job may be driven again.
 */
export async function driveJob(
  ctx: DriveContext,
  jobId: string,
  { signal, stopping }: DriveSignals,
): Promise<Date | null> {
  let known: DriveState | null = null;
  let completed: HandOver<CompletedReport> | null = null;
  for (let taken = 0; taken < MAX_STEPS; taken += 1) {
    if (stopping()) return ctx.now();
    signal.throwIfAborted();
    // What a move left is what the next step begins from: should it be out of date by then, the
    // guards of that step's own move refuse it, and the rows are read.
    const state: DriveState | null = known ?? (await ctx.rows.read({ jobId, now: ctx.now() }));
    if (state === null) return null;
    known = null;
    const step = chooseStep({ ...state, now: ctx.now() }, ctx.gpuSettings);
    if (step.kind === "wait") {
      if (await findWhileUnknown(ctx, state, signal)) continue;
      if (step.dueAt === null && state.attempt !== null) leaveNothing(ctx, state.attempt);
      return nextLook(ctx, state, step.dueAt);
    }
    if (GIVES_UP[step.kind] && (await findLostAttempt(ctx, state, signal))) continue;
    const outcome: StepOutcome = await takeStep(ctx, state, { step, completed, signal });
    if (outcome.kind === "wait") return outcome.dueAt;
    ({ state: known, completed } = outcome);
  }
  ctx.log.error("job.stuck", { jobId });
  return new Date(ctx.now().getTime() + STUCK_WAIT_MS);
}

/** The sooner an unanswered attempt is found, the sooner its job goes on. */
async function findWhileUnknown(
  ctx: DriveContext,
  state: DriveState,
  signal: AbortSignal,
): Promise<boolean> {
  return state.attempt?.state === "unknown" && (await findLostAttempt(ctx, state, signal));
}

function nextLook(ctx: DriveContext, { attempt }: DriveState, dueAt: Date | null): Date | null {
  if (dueAt === null || attempt?.state !== "unknown") return dueAt;
  if (ctx.gpus.side(attempt.backend).backend.find === undefined) return dueAt;
  const now = ctx.now();
  const findAt = now.getTime() + findDelayMs(attempt.sentAt ?? attempt.intentAt, now);
  return new Date(Math.min(dueAt.getTime(), findAt));
}

function leaveNothing(ctx: DriveContext, attempt: AttemptRow): void {
  discardLeftovers(ctx, { ...attempt, attemptId: attempt.id });
}

interface Taking {
  readonly step: Exclude<DriveStep, { kind: "wait" }>;
  readonly completed: HandOver<CompletedReport> | null;
  readonly signal: AbortSignal;
}

function takeStep(
  ctx: DriveContext,
  state: DriveState,
  { step, completed, signal }: Taking,
): Promise<StepOutcome> {
  switch (step.kind) {
    case "submit":
      return submitAttempt(ctx, state, signal);
    case "reconcile":
      return withRunpodId(ctx, state, (known) => reconcileAttempt(ctx, known, signal));
    case "collect":
      return withRunpodId(ctx, state, (known) => collectResult(ctx, known, { completed, signal }));
    case "conclude":
      return concludeJob(ctx, state, step.ending);
    case "doubt":
      return withAttempt(state, (found) => doubtAttempt(ctx, found));
    case "expire":
      return withAttempt(state, (found) => expireAttempt(ctx, found));
  }
}

function withAttempt(
  state: DriveState,
  act: (state: DriveState & { attempt: AttemptRow }) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  return state.attempt === null
    ? Promise.resolve(MOVED)
    : act({ ...state, attempt: state.attempt });
}

function withRunpodId(
  ctx: DriveContext,
  state: DriveState,
  act: (state: NonNullable<ReturnType<typeof toSubmitted>>) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const known = toSubmitted(state);
  if (known !== null) return act(known);
  // The database refuses submitted and finished attempts without an id.
  ctx.log.error("attempt.without-id", { jobId: state.job.id });
  return Promise.resolve(waitFor(STUCK_WAIT_MS, ctx.now()));
}
