import type { JobStatus } from "../contract/job.ts";
import { type AttemptState, patienceEnds, unknownFrom } from "./attempt-lifecycle.ts";
import type { GpuSettings } from "./gpu-settings.ts";
import { isTerminal } from "./job-lifecycle.ts";

/** What the driver must know of a job to choose its next step. */
export interface DrivenJob {
  readonly status: JobStatus;
  readonly cancelRequestedAt: Date | null;
  readonly deadlineAt: Date;
  readonly collectBy: Date | null;
  readonly tries: number;
}

/** What the driver must know of the newest attempt. */
export interface DrivenAttempt {
  readonly state: AttemptState;
  readonly intentAt: Date;
  readonly deadAfter: Date;
}

/** Why a job with nothing more to wait for ends. */
export type Ending = "wish" | "deadline" | "tries";

export type DriveStep =
  | { kind: "wait"; dueAt: Date | null }
  | { kind: "submit" }
  /** Ask RunPod about a submitted attempt. */
  | { kind: "reconcile" }
  /** Fetch, finish and store a completed result. */
  | { kind: "collect" }
  /** End the job without asking anybody: no attempt of it is known to run. */
  | { kind: "conclude"; ending: Ending }
  /** An intent nobody sent or reported in time may have been sent. */
  | { kind: "doubt" }
  /** An attempt that RunPod's TTL has surely killed. */
  | { kind: "expire" };

/** The one next step of a job, from its rows alone. */
export function chooseStep(
  r: { job: DrivenJob; attempt: DrivenAttempt | null; now: Date },
  settings: GpuSettings,
): DriveStep {
  if (isTerminal(r.job.status)) return stepOfEnded(r.attempt, r.now, settings);
  if (r.job.status === "storing") return { kind: "collect" };
  switch (r.attempt?.state) {
    case "submitted":
      return { kind: "reconcile" };
    case "intent":
      return stepOfIntent(r.attempt, r.now, settings);
    case "unknown":
      return stepOfUnknown({ job: r.job, attempt: r.attempt, now: r.now }, settings);
    case "finished":
    case "dead":
    case undefined:
      return stepWithoutAttempt(r.job, r.now, settings);
  }
}

function stepWithoutAttempt(job: DrivenJob, now: Date, settings: GpuSettings): DriveStep {
  if (job.cancelRequestedAt !== null) return { kind: "conclude", ending: "wish" };
  if (now >= job.deadlineAt) return { kind: "conclude", ending: "deadline" };
  if (job.tries >= settings.maxTries) return { kind: "conclude", ending: "tries" };
  return { kind: "submit" };
}

function stepOfIntent(attempt: DrivenAttempt, now: Date, settings: GpuSettings): DriveStep {
  const doubtAt = unknownFrom(attempt.intentAt, settings);
  return now >= doubtAt ? { kind: "doubt" } : { kind: "wait", dueAt: doubtAt };
}

function stepOfUnknown(
  r: { job: DrivenJob; attempt: DrivenAttempt; now: Date },
  settings: GpuSettings,
): DriveStep {
  const patience = patienceEnds(r.attempt, r.job, settings);
  // Patience first: an attempt that was never answered is not followed by another of the same job.
  if (r.now < patience && r.now >= r.attempt.deadAfter) return { kind: "expire" };
  if (r.now < patience) {
    const { deadAfter } = r.attempt;
    return { kind: "wait", dueAt: deadAfter < patience ? deadAfter : patience };
  }
  const ending = r.job.cancelRequestedAt === null ? "deadline" : "wish";
  return { kind: "conclude", ending };
}

function stepOfEnded(attempt: DrivenAttempt | null, now: Date, settings: GpuSettings): DriveStep {
  switch (attempt?.state) {
    case "submitted":
      return { kind: "reconcile" };
    case "intent":
      return stepOfIntent(attempt, now, settings);
    case "unknown":
      return now >= attempt.deadAfter
        ? { kind: "expire" }
        : { kind: "wait", dueAt: attempt.deadAfter };
    case "finished":
    case "dead":
    case undefined:
      return { kind: "wait", dueAt: null };
  }
}
