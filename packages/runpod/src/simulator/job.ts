import type { Clock } from "./clock.ts";
import { JobTimers } from "./job-timers.ts";
import type { RunRequest } from "./run-body.ts";
import type { RunPlan } from "./scenario.ts";
import { PLAIN_RUN } from "./scenario.ts";
import type { WorkerOutcome } from "./worker/outcome.ts";

/** RunPod's statuses, and `DELETED` once `/status` answers 404: TTL, retention or purge. */
export type JobStatus = FinalStatus | "IN_QUEUE" | "IN_PROGRESS" | "DELETED";
export type FinalStatus = "COMPLETED" | "FAILED" | "CANCELLED" | "TIMED_OUT";

export const IS_LIVE = {
  IN_QUEUE: true,
  IN_PROGRESS: true,
  COMPLETED: false,
  FAILED: false,
  CANCELLED: false,
  TIMED_OUT: false,
  DELETED: false,
} as const satisfies Record<JobStatus, boolean>;

/** The progress message a worker sends while it draws. */
export interface ProgressMessage {
  type: "progress";
  value: number;
  max: number;
  percent: number;
  node: string;
}

/** One job with everything RunPod keeps of it; times in epoch ms. */
export interface SimulatedJob {
  readonly id: string;
  readonly filePrefix: string | null;
  readonly submittedAtMs: number;
  plan: RunPlan;
  /** How often it was queued: once, and once more per retry. */
  runs: number;
  /** `null` once nothing can need it again. */
  request: RunRequest | null;
  status: JobStatus;
  /** The first moment a worker may take it. */
  availableAtMs: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
  workerId: string | null;
  progress: ProgressMessage | null;
  outcome: WorkerOutcome | null;
  /** Whether somebody has read the finished job. */
  collected: boolean;
  readonly timers: JobTimers;
}

/** A job just taken in. */
export function createJob(
  id: string,
  run: { request: RunRequest; plan: RunPlan; clock: Clock },
): SimulatedJob {
  const nowMs = run.clock.now();
  return {
    id,
    filePrefix: run.request.filePrefix,
    submittedAtMs: nowMs,
    request: run.request,
    timers: new JobTimers(run.clock),
    ...unstarted(run.plan, nowMs),
    runs: 1,
  };
}

/** Turns an ended job into a waiting one: same id, same input, nothing left of the first run. */
export function resetJob(job: SimulatedJob, nowMs: number): void {
  Object.assign(job, unstarted(PLAIN_RUN, nowMs));
  job.runs += 1;
}

function unstarted(plan: RunPlan, nowMs: number) {
  return {
    plan,
    status: "IN_QUEUE",
    availableAtMs: nowMs,
    startedAtMs: null,
    endedAtMs: null,
    workerId: null,
    progress: null,
    outcome: null,
    collected: false,
  } as const;
}

/** The truth about one run, kept after RunPod has forgotten it. */
export interface JobTruth {
  id: string;
  status: JobStatus;
  filePrefix: string | null;
  submittedAtMs: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

export function toTruth(job: SimulatedJob): JobTruth {
  const { id, status, filePrefix, submittedAtMs, startedAtMs, endedAtMs } = job;
  return { id, status, filePrefix, submittedAtMs, startedAtMs, endedAtMs };
}
