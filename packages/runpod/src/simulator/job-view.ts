import type { SimulatedJob } from "./job.ts";
import { toRunpodResult } from "./worker/outcome.ts";

/** The job object of `/status`, as RunPod shapes it. */
export interface JobView {
  id: string;
  status: string;
  delayTime?: number;
  executionTime?: number;
  workerId?: string;
  output?: unknown;
  error?: string;
}

/** Shows a job as `/status` and the webhook do; durations in whole ms. */
export function viewJob(job: SimulatedJob): JobView {
  const view: JobView = { id: job.id, status: job.status };
  if (job.startedAtMs !== null) view.delayTime = Math.round(job.startedAtMs - job.submittedAtMs);
  if (job.workerId !== null) view.workerId = job.workerId;
  // While it runs, `output` is the last progress message.
  if (job.status === "IN_PROGRESS") {
    return job.progress === null ? view : { ...view, output: job.progress };
  }
  if (job.startedAtMs !== null && job.endedAtMs !== null) {
    view.executionTime = Math.round(job.endedAtMs - job.startedAtMs);
  }
  return job.outcome === null ? view : { ...view, ...toRunpodResult(job.outcome) };
}
