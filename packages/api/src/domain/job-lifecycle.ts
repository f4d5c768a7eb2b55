import type { JobStage, JobStatus } from "../contract/job.ts";

/** Statuses that may still change. */
export const OPEN_STATUSES = ["queued", "running", "storing"] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];
/** Frozen statuses: nothing moves a job out of them. */
export const TERMINAL_STATUSES = ["done", "failed", "cancelled"] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** One row of {@link JOB_EVENTS}: the guard, the move and the money of an event. */
export interface JobTransition {
  readonly from: readonly OpenStatus[];
  /** Null = the status stays as it is. */
  readonly to: JobStatus | null;
  /** What becomes of the held price; null = it stays held. */
  readonly credits: "capture" | "release" | null;
  /** The stage it shows afterwards; null = the stage stays as it is. */
  readonly stage: JobStage | null;
}

/**
 * Everything that can happen to a job, once created. The row of an event is handed to the SQL
 * function that moves job, credits and event together: the table is the guard.
 */
export const JOB_EVENTS = {
  submitting: { from: ["queued"], to: "queued", credits: null, stage: "submitting" },
  accepted: { from: ["queued"], to: "queued", credits: null, stage: "waiting" },
  waking: { from: ["queued"], to: "queued", credits: null, stage: "waking" },
  started: { from: ["queued", "running"], to: "running", credits: null, stage: "drawing" },
  progressed: { from: ["queued", "running"], to: "running", credits: null, stage: "drawing" },
  cancelRequested: { from: ["queued", "running"], to: null, credits: null, stage: null },
  died: { from: ["queued", "running"], to: "queued", credits: null, stage: "waiting" },
  // A poll can miss IN_PROGRESS altogether, so `queued` is allowed.
  finished: { from: ["queued", "running"], to: "storing", credits: null, stage: "storing" },
  // An operator gives a result that is not stored yet more time.
  collectExtended: { from: ["storing"], to: "storing", credits: null, stage: "storing" },
  stored: { from: ["storing"], to: "done", credits: "capture", stage: "done" },
  unusable: { from: ["storing"], to: "failed", credits: "release", stage: "failed" },
  resultLost: { from: ["storing"], to: "failed", credits: "release", stage: "failed" },
  gaveUp: { from: ["queued", "running"], to: "failed", credits: "release", stage: "failed" },
  cancelled: {
    from: ["queued", "running"],
    to: "cancelled",
    credits: "release",
    stage: "cancelled",
  },
} as const satisfies Record<string, JobTransition>;

export type JobEvent = keyof typeof JOB_EVENTS;

/** Whether nothing can change any more. */
export function isTerminal(status: JobStatus): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

/** The status `event` leads to from `status`; null = refused, nothing may change. */
export function nextStatus(status: JobStatus, event: JobEvent): JobStatus | null {
  const transition: JobTransition = JOB_EVENTS[event];
  if (!transition.from.some((from) => from === status)) return null;
  return transition.to ?? status;
}
