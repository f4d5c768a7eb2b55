import type { SimulatedJob } from "./job.ts";
import { IS_LIVE } from "./job.ts";
import { formOutput, type LinkTo } from "./output-form.ts";
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
export function viewJob(job: SimulatedJob, linkTo: LinkTo): JobView {
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
  if (job.outcome === null) return view;
  const form = (images: Parameters<typeof formOutput>[1]): unknown =>
    formOutput(job.plan.output, images, linkTo);
  return { ...view, ...toRunpodResult(job.outcome, form) };
}

/** How often `/status` stands still or fails before it tells the truth. */
const MISHAP_READS = { "status-404": 1, "status-500": 4, "status-stale": 3 } as const;

/** What `/status` answers: the truth, or what its plan makes of it. Counts the reading. */
export function readStatus(
  job: SimulatedJob,
  linkTo: LinkTo,
): { status: 200 | 404 | 500; body: object } {
  const truth = viewJob(job, linkTo);
  const isLive = IS_LIVE[job.status];
  const reads = isLive ? (job.statusReads.live += 1) : (job.statusReads.ended += 1);
  const shown = { status: 200, body: truth } as const;
  switch (job.plan.status) {
    case null:
      return shown;
    case "status-404":
      return job.status === "IN_PROGRESS" && job.statusReads.live <= MISHAP_READS["status-404"]
        ? { status: 404, body: { error: "job not found" } }
        : shown;
    case "status-500":
      return reads <= MISHAP_READS["status-500"]
        ? { status: 500, body: { error: "internal error" } }
        : shown;
    case "status-stale":
      return !isLive && reads <= MISHAP_READS["status-stale"]
        ? { status: 200, body: { id: job.id, status: "IN_QUEUE" } }
        : shown;
    case "status-unknown":
      return isLive ? { status: 200, body: { ...truth, status: "PREEMPTED" } } : shown;
    case "status-early-output":
      return job.status === "IN_PROGRESS"
        ? { status: 200, body: { ...truth, output: earlyOutput(job) } }
        : shown;
    case "status-frozen":
      return job.status === "COMPLETED"
        ? { status: 200, body: { id: job.id, status: "IN_PROGRESS", output: LATE_PROGRESS } }
        : shown;
  }
}

/** Looks in every way like a result, and is none: the job still runs. */
function earlyOutput({ filePrefix }: SimulatedJob): object {
  const data =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return { images: [{ filename: `${filePrefix ?? "p"}_00001_.png`, type: "base64", data }] };
}

/** A progress message that overtook the result and stands in its place. */
const LATE_PROGRESS = { type: "progress", value: 3, max: 4, percent: 75, node: "3" } as const;
