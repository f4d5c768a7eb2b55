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
  /** How often `/status` was asked while it lived, and after. */
  statusReads: { live: number; ended: number };
  /** From each time it was queued to its end. */
  readonly lives: Interval[];
  /** Each time on a worker; more than one if it was run twice. */
  readonly executions: (Interval & { workerId: string })[];
  readonly timers: JobTimers;
}

/** Epoch ms; `toMs: null` = it lasts. */
export interface Interval {
  fromMs: number;
  toMs: number | null;
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
    lives: [],
    executions: [],
  };
}

/** Turns a job into a waiting one: same id, same input, nothing left of the run before. */
export function resetJob(job: SimulatedJob, nowMs: number, plan: RunPlan = PLAIN_RUN): void {
  Object.assign(job, unstarted(plan, nowMs));
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
    statusReads: { live: 0, ended: 0 },
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

/** The same of RunPod, where one id may live and run more than once. */
export interface RunpodJobTruth extends JobTruth {
  /** When it was queued or on a worker: two jobs of one edit must never live at once. */
  lives: readonly Interval[];
  /** When which worker had it. */
  executions: readonly (Interval & { workerId: string })[];
}

export function toTruth(job: SimulatedJob): RunpodJobTruth {
  const { id, status, filePrefix, submittedAtMs, startedAtMs, endedAtMs, lives, executions } = job;
  return { id, status, filePrefix, submittedAtMs, startedAtMs, endedAtMs, lives, executions };
}
