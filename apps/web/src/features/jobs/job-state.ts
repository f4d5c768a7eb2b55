import type { Job, JobStatus } from "@ob/api";

const IS_TERMINAL = {
  queued: false,
  running: false,
  storing: false,
  done: true,
  failed: true,
  cancelled: true,
} satisfies Record<JobStatus, boolean>;

/** Whether nothing more will happen to the job. */
export function isTerminal(job: Pick<Job, "status">): boolean {
  return IS_TERMINAL[job.status];
}

const ORDER = {
  queued: 0,
  running: 1,
  storing: 2,
  done: 3,
  failed: 3,
  cancelled: 3,
} satisfies Record<JobStatus, number>;

/** The later of two snapshots of one job; a snapshot that arrives late never takes the job back. */
export function newerJob(before: Job | undefined, incoming: Job): Job {
  if (before === undefined) return incoming;
  if (isTerminal(before) && !isTerminal(incoming)) return before;
  const order = Date.parse(incoming.updatedAt) - Date.parse(before.updatedAt);
  if (order !== 0) return order > 0 ? incoming : before;
  return ORDER[incoming.status] >= ORDER[before.status] ? incoming : before;
}
