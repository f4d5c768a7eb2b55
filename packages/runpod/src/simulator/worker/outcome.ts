import type { DrawnImage } from "../output-form.ts";

/** Largest result RunPod takes from a worker, in bytes of JSON. */
const MAX_RESULT_BYTES = 10_000_000;

/** How a worker ended one job. */
export type WorkerOutcome =
  | { kind: "images"; images: readonly DrawnImage[] }
  /** What another handler returns, as it is. */
  | { kind: "output"; output: unknown }
  /** `details: null`: the handler returned an error alone. */
  | { kind: "error"; error: string; details: readonly string[] | null }
  /** The result never arrived: RunPod shows COMPLETED without output. */
  | { kind: "lost" };

/** The part of the job object that the SDK makes of a handler's return value. */
export interface RunpodResult {
  output?: unknown;
  error?: string;
}

/**
 * Shapes an outcome as `/status` shows it: the SDK lifts `error` out and leaves the rest in `output`.
 * @see https://github.com/runpod/runpod-python/blob/main/runpod/serverless/modules/rp_job.py
 */
export function toRunpodResult(
  outcome: WorkerOutcome,
  form: (images: readonly DrawnImage[]) => unknown,
): RunpodResult {
  switch (outcome.kind) {
    case "lost":
      return {};
    case "error":
      return outcome.details === null
        ? { error: outcome.error }
        : { error: outcome.error, output: { details: outcome.details } };
    case "output":
      return { output: outcome.output };
    case "images":
      return { output: form(outcome.images) };
  }
}

/** A result too big to be posted is lost on the way, and the job is COMPLETED all the same. */
export function loseIfTooBig(outcome: WorkerOutcome): WorkerOutcome {
  if (outcome.kind !== "images") return outcome;
  const bytes = outcome.images.reduce((sum, { png }) => sum + Math.ceil(png.byteLength / 3) * 4, 0);
  return bytes > MAX_RESULT_BYTES ? { kind: "lost" } : outcome;
}
