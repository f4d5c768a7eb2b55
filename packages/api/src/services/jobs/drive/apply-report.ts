import type { RunpodFailure, RunpodReport, StepProgress } from "@ob/runpod";
import { ATTEMPT_EVENTS, type DeadReason, killedFrom } from "../../../domain/attempt-lifecycle.ts";
import { isTerminal } from "../../../domain/job-lifecycle.ts";
import { applyJobEvent } from "../apply-job-event.ts";
import { concludeJob } from "./conclude-job.ts";
import type { DriveContext } from "./drive-context.ts";
import { endAttempt } from "./end-attempt.ts";
import {
  type CompletedReport,
  handOver,
  MOVED,
  type StepOutcome,
  waitFor,
} from "./step-outcome.ts";
import type { SubmittedState } from "./submitted-state.ts";
import { wakeBacklog } from "./wake-backlog.ts";

/** Progress events are at most one a second. */
const PROGRESS_EVERY_MS = 1_000;

const DEATHS = {
  FAILED: "failed",
  TIMED_OUT: "timed-out",
  CANCELLED: "cancelled",
} as const satisfies Record<RunpodFailure["status"], DeadReason>;

/** Moves the job by what RunPod says of its attempt. */
export async function applyReport(
  ctx: DriveContext,
  state: SubmittedState,
  { report, signal }: { report: RunpodReport; signal: AbortSignal },
): Promise<StepOutcome> {
  switch (report.kind) {
    case "completed":
      return applyCompleted(ctx, state, report);
    case "failed":
      return endAttempt(ctx, state, {
        reason: DEATHS[report.failure.status],
        retriable: report.failure.retriable,
        countsAsTry: true,
        errorCode: report.failure.cause === "timeout" ? "GPU_TIMEOUT" : "GPU_FAILED",
        message: `${report.failure.cause}: ${report.failure.message}`,
        retryAfterMs: null,
      });
    case "gone":
      return endAttempt(ctx, state, { ...LOST, reason: "gone", message: null });
    case "waiting":
    case "running":
      return applyAlive(ctx, state, { report, signal });
  }
}

const LOST = {
  retriable: true,
  countsAsTry: true,
  errorCode: "GPU_TIMEOUT",
  retryAfterMs: null,
} as const;

async function applyCompleted(
  ctx: DriveContext,
  state: SubmittedState,
  report: CompletedReport,
): Promise<StepOutcome> {
  const { job, attempt } = state;
  const { from, to } = ATTEMPT_EVENTS.finished;
  const patch = {
    ...(report.delayMs === null ? {} : { delayMs: Math.round(report.delayMs) }),
    ...(report.executionMs === null ? {} : { executionMs: Math.round(report.executionMs) }),
  };
  const now = ctx.now();
  if (isTerminal(job.status)) {
    await ctx.rows.applyAttempt({ attemptId: attempt.id, from, to, patch, now });
    const { executionMs } = report;
    ctx.log.warn("gpu.wasted", { jobId: job.id, attemptId: attempt.id, executionMs });
    return MOVED;
  }
  const finished = await applyJobEvent(ctx, "finished", {
    job,
    facts: {
      attempt: { id: attempt.id, from, to, ...patch },
      // Every step is drawn; what is left has a stage of its own.
      progress: 1,
      collectBy: new Date(now.getTime() + ctx.gpuSettings.collectWithinMs),
    },
  });
  if (finished === null) return MOVED;
  ctx.failpoint("job.finished");
  await wakeBacklog(ctx, job.backend);
  const moved = { ...state, job: finished, attempt: { ...attempt, ...patch, state: to } };
  return { kind: "moved", state: moved, completed: handOver(report) };
}

type Alive = Extract<RunpodReport, { kind: "waiting" | "running" }>;

async function applyAlive(
  ctx: DriveContext,
  state: SubmittedState,
  { report, signal }: { report: Alive; signal: AbortSignal },
): Promise<StepOutcome> {
  const { job, attempt } = state;
  const now = ctx.now();
  const killedAt = killedFrom(attempt, ctx.gpuSettings);
  if (now >= killedAt) {
    // A late progress message can freeze RunPod's answer; its TTL has killed the job all the same.
    const message = `RunPod still said ${report.kind} after its TTL.`;
    return endAttempt(ctx, state, { ...LOST, reason: "ttl", message });
  }
  if (!isTerminal(job.status)) {
    if (now >= job.deadlineAt) {
      return concludeJob(ctx, state, job.cancelRequestedAt === null ? "deadline" : "wish");
    }
    if (job.cancelRequestedAt === null) await showAlive(ctx, state, { report, signal });
  }
  const submittedAt = attempt.submittedAt ?? attempt.intentAt;
  // An end was asked for and is about to show.
  const hurry = state.watched || (!isTerminal(job.status) && job.cancelRequestedAt !== null);
  const { polls } = ctx.gpus.side(attempt.backend);
  const poll = { attemptId: attempt.id, submittedAt, watched: hurry, now };
  const pollMs = polls.delayMs(poll, ctx.gpuSettings);
  return waitFor(pollMs, now, [killedAt, job.deadlineAt]);
}

async function showAlive(
  ctx: DriveContext,
  { job, attempt }: SubmittedState,
  { report, signal }: { report: Alive; signal: AbortSignal },
): Promise<void> {
  if (report.kind === "waiting") {
    if (job.status !== "queued" || job.stage === "waking") return;
    if ((await ctx.gpus.side(job.backend).watch.anyAwake(ctx.now(), signal)) === false) {
      await applyJobEvent(ctx, "waking", { job, facts: {} });
    }
    return;
  }
  const progress = toShare(report.progress);
  if (job.status === "queued") {
    const now = ctx.now();
    const { id } = attempt;
    const move = { id, from: ["submitted"], to: "submitted", startedAt: now } as const;
    await applyJobEvent(ctx, "started", {
      job,
      facts: { progress, startedAt: now, attempt: move },
    });
    return;
  }
  const quiet = ctx.now().getTime() - job.updatedAt.getTime() < PROGRESS_EVERY_MS;
  if (progress === null || quiet || progress <= (job.progress ?? -1)) return;
  await applyJobEvent(ctx, "progressed", { job, facts: { progress } });
}

function toShare(progress: StepProgress | null): number | null {
  return progress === null ? null : Math.min(1, Math.max(0, progress.value / progress.max));
}
