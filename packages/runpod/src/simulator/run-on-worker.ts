import type { Clock } from "./clock.ts";
import type { SimulatedJob } from "./job.ts";
import { readRunInput } from "./run-body.ts";
import type { WorkerRun } from "./worker/comfy-worker.ts";
import type { InputFolder } from "./worker/input-folder.ts";
import { executionError } from "./worker/comfy-worker.ts";
import type { WorkerOutcome } from "./worker/outcome.ts";

const SLOW_FACTOR = 5;

/** ComfyUI's own words when the GPU's memory is full. */
const OUT_OF_MEMORY =
  "Allocation on device \nThis error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.";
const NOT_REACHABLE = "ComfyUI server (127.0.0.1:8188) not reachable after multiple retries.";

export interface WorkerTools {
  clock: Clock;
  gpuMs: number;
  begin: (input: unknown, folder: InputFolder) => WorkerRun;
  /** ComfyUI's input folder on a worker; one and the same where workers share it. */
  inputFolderOf: (workerId: string) => InputFolder;
  /** How long after its start a job's pictures are read; others may have been uploaded by then. */
  readsInputAfterMs: number;
  log: (line: object) => void;
}

/**
 * Lets a worker do a job as its plan says, with a progress message per sampler step.
 * `end` comes at most once, and never for a job that hangs.
 */
export function runOnWorker(
  tools: WorkerTools,
  job: SimulatedJob,
  end: (outcome: WorkerOutcome) => void,
): void {
  const { clock } = tools;
  const gpuMs = tools.gpuMs * (job.plan.slow ? SLOW_FACTOR : 1);
  const run = beginRun(tools, job);
  const startedAtMs = clock.now();
  const runNumber = job.runs;
  if (run.sampler !== null) planProgress(job, { ...run.sampler, gpuMs });
  switch (job.plan.end) {
    case "hang":
      return;
    case "fail":
      job.timers.plan(gpuMs / 2, () => end({ kind: "error", error: NOT_REACHABLE, details: null }));
      return;
    case "oom":
      job.timers.plan(gpuMs / 2, () =>
        end(executionError("KSampler", run.sampler?.nodeId ?? "3", OUT_OF_MEMORY)),
      );
      return;
    case "no-output":
      job.timers.plan(gpuMs, () => end({ kind: "lost" }));
      return;
    case "ok":
      if (tools.readsInputAfterMs === 0) draw();
      else job.timers.plan(tools.readsInputAfterMs, draw);
      return;
  }

  function draw(): void {
    void run
      .draw()
      .catch(toUnexpectedError)
      .then((outcome) => {
        tools.log({ event: "job.drawn", id: job.id });
        // It may outlive its run: cancelled, timed out, or even queued again meanwhile.
        if (job.status !== "IN_PROGRESS" || job.runs !== runNumber) return;
        // Drawing goes on while the GPU time passes; a refusal takes none.
        const leftMs = outcome.kind === "error" ? 0 : startedAtMs + gpuMs - clock.now();
        job.timers.plan(leftMs, () => end(outcome));
      });
  }
}

function beginRun(tools: WorkerTools, job: SimulatedJob): WorkerRun {
  if (job.request === null) throw new Error("A job cannot run after its input was dropped.");
  const input = readRunInput(job.request.raw);
  try {
    return tools.begin(input, tools.inputFolderOf(job.workerId ?? ""));
  } catch (error) {
    return { sampler: null, draw: () => Promise.reject(error) };
  }
}

/** What the handler's last `except` makes of a bug of its own. */
function toUnexpectedError(error: unknown): WorkerOutcome {
  return { kind: "error", error: `An unexpected error occurred: ${String(error)}`, details: null };
}

// The last step is the end itself, which the worker does not announce.
function planProgress(
  job: SimulatedJob,
  sampler: { nodeId: string; steps: number; gpuMs: number },
): void {
  const { steps, nodeId, gpuMs } = sampler;
  for (let value = 1; value < steps; value += 1) {
    const percent = Math.round((value / steps) * 1_000) / 10;
    job.timers.plan((gpuMs * value) / steps, () => {
      job.progress = { type: "progress", value, max: steps, percent, node: nodeId };
    });
  }
}
