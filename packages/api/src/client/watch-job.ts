import type { TRPCClient } from "@trpc/client";
import type { Job, JobStatus } from "../contract/job.ts";
import { followStream } from "./follow-stream.ts";
import { isRefusal } from "./is-refusal.ts";
import type { StudioRouter } from "./studio-router.ts";

const MAX_LOSSES = 2;
const POLL_MS = 1_500;

/** How watching is given up. */
export interface WatchOptions {
  /** Aborting it ends the watching; the job goes on. */
  readonly signal?: AbortSignal;
}

/** What watching needs beside the API. */
export interface Watcher {
  readonly trpc: TRPCClient<StudioRouter>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Every state of a job from now on, the terminal one last. The stream resumes where it was lost; lost
 * twice, the job is polled instead.
 * @throws {TRPCClientError} JOB_NOT_FOUND, AUTH_REQUIRED
 */
export async function* watchJob(
  watcher: Watcher,
  jobId: string,
  options: WatchOptions = {},
): AsyncGenerator<Job> {
  const signal = options.signal ?? new AbortController().signal;
  let lastEventId: string | null = null;
  for (let losses = 0; losses < MAX_LOSSES && !signal.aborted; losses += 1) {
    for await (const step of followStream(watcher.trpc, { jobId, lastEventId, signal })) {
      if (step.kind !== "job") break;
      lastEventId = step.eventId;
      yield step.job;
      if (isTerminal(step.job.status)) return;
    }
  }
  yield* pollJob(watcher, jobId, signal);
}

async function* pollJob(watcher: Watcher, jobId: string, signal: AbortSignal): AsyncGenerator<Job> {
  let shown = "";
  while (!signal.aborted) {
    const job = await readOrNull(watcher.trpc, jobId);
    const state = job === null ? shown : JSON.stringify([job.status, job.stage, job.progress]);
    if (job !== null && state !== shown) yield job;
    if (job !== null && isTerminal(job.status)) return;
    shown = state;
    await watcher.sleep(POLL_MS, signal);
  }
}

/** Null = the studio could not be asked just now. @throws {TRPCClientError} when it refuses */
async function readOrNull(trpc: TRPCClient<StudioRouter>, jobId: string): Promise<Job | null> {
  try {
    return await trpc.jobs.get.query({ jobId });
  } catch (thrown) {
    if (isRefusal(thrown)) throw thrown;
    return null;
  }
}

const TERMINAL = {
  queued: false,
  running: false,
  storing: false,
  done: true,
  failed: true,
  cancelled: true,
} as const satisfies Record<JobStatus, boolean>;

function isTerminal(status: JobStatus): boolean {
  return TERMINAL[status];
}
