import {
  createSubmitGate,
  createWorkerWatch,
  type DriveContext,
  driveJob,
  type ServiceContext,
} from "@ob/api";
import { type ClaimedJob, jobsClaimDueV1, jobScheduleV1 } from "@ob/db";
import { holdLease } from "./hold-lease.ts";
import { createNap } from "./nap.ts";

export interface DriverOptions {
  /** The claim loop looks at least this often. */
  readonly intervalMs: number;
  /** Jobs driven at once by this process. */
  readonly concurrency: number;
  /** Names this process in leases. */
  readonly replicaId: string;
}

/** Drives due jobs of all owners, beside the drivers of other replicas. */
export interface Driver {
  start(): void;
  /** Drives this job now if it is due and free; whatever is missed the loop finds. */
  driveSoon(jobId: string): void;
  /** Claims nothing more, lets steps under way end, and drops what has not ended after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

const MAX_ERROR_WAIT_MS = 60_000;

/** Makes a driver that does nothing until started. */
export function createDriver(services: ServiceContext, options: DriverOptions): Driver {
  const { concurrency, intervalMs, replicaId } = options;
  const ctx: DriveContext = {
    ...services,
    random: Math.random,
    submitGate: createSubmitGate(),
    workerWatch: createWorkerWatch(services.gpu),
  };
  const running = new Map<string, Promise<void>>();
  /** Rung while being driven: to be driven again at once. */
  const again = new Set<string>();
  /** When jobs driven here are due next, so that the loop wakes in time. */
  const upcoming = new Map<string, number>();
  const failures = new Map<string, number>();
  const nap = createNap();
  const cut = new AbortController();
  let claims = 0;
  let claiming = 0;
  let stopping = false;
  let loop: Promise<void> | null = null;

  async function claim(jobId: string | null): Promise<number> {
    const free = concurrency - running.size - claiming;
    if (stopping) return 0;
    if (free <= 0) {
      // Wanted now, but no hand is free: the loop looks again as soon as it can.
      if (jobId !== null) nap.end();
      return 0;
    }
    claims += 1;
    const leaseOwner = `${replicaId}:${claims}`;
    const limit = jobId === null ? free : 1;
    claiming += limit;
    try {
      const claimed = await jobsClaimDueV1(ctx.sql, {
        limit,
        leaseOwner,
        leaseMs: ctx.gpuSettings.leaseMs,
        now: ctx.now(),
        ...(jobId === null ? {} : { jobId }),
      });
      for (const job of claimed) start(job, leaseOwner);
      return claimed.length;
    } finally {
      claiming -= limit;
    }
  }

  function start(job: ClaimedJob, leaseOwner: string): void {
    upcoming.delete(job.jobId);
    const drive = runDrive(job, leaseOwner)
      .catch((cause: unknown) => ctx.log.error("driver.lost-job", { jobId: job.jobId, cause }))
      .finally(() => {
        running.delete(job.jobId);
        if (again.delete(job.jobId)) driveSoon(job.jobId);
        nap.end();
      });
    running.set(job.jobId, drive);
  }

  async function runDrive({ jobId, wakes }: ClaimedJob, leaseOwner: string): Promise<void> {
    const lease = holdLease(ctx, { jobId, leaseOwner });
    let dueAt: Date | null;
    try {
      const signal = AbortSignal.any([lease.lost, cut.signal]);
      dueAt = await driveJob(ctx, jobId, { signal, stopping: () => stopping });
      failures.delete(jobId);
    } catch (cause) {
      if (lease.lost.aborted) {
        ctx.log.warn("driver.lease-lost", { jobId });
        return;
      }
      dueAt = cut.signal.aborted ? ctx.now() : afterFailure(jobId, cause);
    } finally {
      await lease.release();
    }
    const now = ctx.now();
    await jobScheduleV1(ctx.sql, { jobId, leaseOwner, wakesSeen: wakes, dueAt, now });
    if (dueAt !== null) upcoming.set(jobId, dueAt.getTime());
  }

  function afterFailure(jobId: string, cause: unknown): Date {
    const count = (failures.get(jobId) ?? 0) + 1;
    failures.set(jobId, count);
    ctx.log.error("driver.step-failed", { jobId, count, cause });
    const waitMs = Math.min(
      MAX_ERROR_WAIT_MS,
      ctx.gpuSettings.backoffMs * 2 ** Math.min(count, 10),
    );
    return new Date(ctx.now().getTime() + waitMs);
  }

  function driveSoon(jobId: string): void {
    if (stopping) return;
    if (running.has(jobId)) {
      again.add(jobId);
      return;
    }
    claim(jobId).catch((cause: unknown) => ctx.log.warn("driver.claim-failed", { cause }));
  }

  function nextLookMs(): number {
    const nowMs = ctx.now().getTime();
    let nextMs = nowMs + intervalMs;
    for (const [jobId, dueMs] of upcoming) {
      // What is overdue was just tried: another replica has it, or all hands are full.
      if (dueMs <= nowMs) upcoming.delete(jobId);
      else nextMs = Math.min(nextMs, dueMs);
    }
    return nextMs - nowMs;
  }

  async function runLoop(): Promise<void> {
    while (!stopping) {
      try {
        await claim(null);
      } catch (cause) {
        ctx.log.error("driver.claim-failed", { cause });
      }
      if (!stopping) await nap.take(nextLookMs());
    }
  }

  return {
    start() {
      loop ??= runLoop();
    },
    driveSoon,
    async drain(timeoutMs) {
      stopping = true;
      nap.end();
      const timer = setTimeout(() => cut.abort(), timeoutMs);
      await loop;
      await Promise.all(running.values());
      clearTimeout(timer);
    },
  };
}
