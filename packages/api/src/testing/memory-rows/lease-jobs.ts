import type {
  ClaimedJob,
  JobLeaseRenew,
  JobRow,
  JobsClaimDue,
  JobSchedule,
  WokenAttempt,
} from "@ob/db";
import { findAttempt, isLive, type MemoryTables } from "./memory-tables.ts";

/** As `jobs_claim_due_v1` and `job_claim_v1`. */
export function claimDue({ jobs }: MemoryTables, o: JobsClaimDue): ClaimedJob[] {
  const due = [...jobs.values()]
    .filter((job) => o.jobId === undefined || job.id === o.jobId)
    .filter(({ dueAt, leaseUntil }) => dueAt !== null && dueAt <= o.now && isFree(leaseUntil, o))
    .toSorted(byAge)
    .slice(0, o.jobId === undefined ? o.limit : 1);
  for (const job of due) {
    jobs.set(job.id, { ...job, leaseOwner: o.leaseOwner, leaseUntil: after(o.now, o.leaseMs) });
  }
  return due.map(({ id, wakes }) => ({ jobId: id, wakes }));
}

/** Oldest first; ids break ties, so that the order is the same everywhere. */
export function byAge(a: JobRow, b: JobRow): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}

function isFree(leaseUntil: Date | null, { now }: { now: Date }): boolean {
  return leaseUntil === null || leaseUntil <= now;
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

/** As `job_lease_renew_v1`. */
export function renewLease({ jobs }: MemoryTables, o: JobLeaseRenew): boolean {
  const job = jobs.get(o.jobId);
  if (job === undefined || job.leaseOwner !== o.leaseOwner) return false;
  jobs.set(job.id, { ...job, leaseUntil: after(o.now, o.leaseMs) });
  return true;
}

/** As `job_schedule_v1`. */
export function schedule({ jobs }: MemoryTables, o: JobSchedule): void {
  const job = jobs.get(o.jobId);
  if (job === undefined || job.leaseOwner !== o.leaseOwner) return;
  const dueAt = job.wakes === o.wakesSeen ? o.dueAt : o.now;
  jobs.set(job.id, { ...job, leaseOwner: null, leaseUntil: null, dueAt });
}

/** As `job_wake_v1`. */
export function wake({ jobs }: MemoryTables, { jobId, now }: { jobId: string; now: Date }): void {
  const job = jobs.get(jobId);
  if (job !== undefined) jobs.set(jobId, { ...job, dueAt: now, wakes: job.wakes + 1 });
}

/** As `attempt_wake_v1`. */
export function wakeByToken(
  tables: MemoryTables,
  { tokenSha256, now }: { tokenSha256: string; now: Date },
): WokenAttempt | null {
  const attempt = findAttempt(tables, (a) => a.tokenSha256 === tokenSha256);
  if (attempt === null) return null;
  const { jobId, id: attemptId } = attempt;
  if (isLive(attempt)) wake(tables, { jobId, now });
  return { jobId, attemptId, hasRunpodJobId: attempt.runpodJobId !== null };
}
