import { z } from "zod";

import type { RunpodReport, StepProgress } from "./backend.ts";
import { classifyFailure } from "./failure.ts";

const Milliseconds = z.number().finite().nonnegative().nullish().catch(null);

/**
 * The job object of `/status/{id}`; whatever we do not read passes unseen.
 * `status` stays a string: RunPod may add values, and an unknown one means "keep waiting".
 */
export const RunpodJob = z.object({
  id: z.string().optional().catch(undefined),
  status: z.string().max(100),
  delayTime: Milliseconds,
  executionTime: Milliseconds,
  output: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type RunpodJob = z.infer<typeof RunpodJob>;

/** Statuses with a meaning of their own; `RUNNING` is an alias of `IN_PROGRESS`. */
export const RUNPOD_STATUSES = [
  "IN_QUEUE",
  "IN_PROGRESS",
  "RUNNING",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "TIMED_OUT",
] as const;
export type RunpodStatus = (typeof RUNPOD_STATUSES)[number];

const REPORTS = {
  IN_QUEUE: (job) => ({ kind: "waiting", queuedMs: job.delayTime ?? null }),
  IN_PROGRESS: toRunning,
  RUNNING: toRunning,
  COMPLETED: (job) => ({
    kind: "completed",
    output: job.output,
    delayMs: job.delayTime ?? null,
    executionMs: job.executionTime ?? null,
  }),
  FAILED: (job) => ({ kind: "failed", failure: classifyFailure("FAILED", job) }),
  CANCELLED: (job) => ({ kind: "failed", failure: classifyFailure("CANCELLED", job) }),
  TIMED_OUT: (job) => ({ kind: "failed", failure: classifyFailure("TIMED_OUT", job) }),
} as const satisfies Record<RunpodStatus, (job: RunpodJob) => RunpodReport>;

/** Reads a job object; `null` when it is not one. */
export function toReport(json: unknown): RunpodReport | null {
  const job = RunpodJob.safeParse(json);
  if (!job.success) return null;
  const status = RUNPOD_STATUSES.find((known) => known === job.data.status);
  if (status === undefined) return { kind: "waiting", queuedMs: null };
  return REPORTS[status](job.data);
}

// While a job runs, `output` is its last progress message, not its result.
function toRunning(job: RunpodJob): RunpodReport {
  return { kind: "running", progress: readProgress(job.output) };
}

const Progress = z.object({
  type: z.literal("progress"),
  value: z.number().finite().nonnegative(),
  max: z.number().finite().positive(),
});

/** Step progress as worker-comfyui sends it; `null` for any other progress message. */
export function readProgress(output: unknown): StepProgress | null {
  const progress = Progress.safeParse(output);
  if (!progress.success) return null;
  const { value, max } = progress.data;
  return { value: Math.min(value, max), max };
}
