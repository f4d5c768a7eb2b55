import { setTimeout as rest } from "node:timers/promises";
import type { DriveContext, ServiceContext } from "@ob/api";
import { createDriveRegister } from "./drive-register.ts";
import { createLookAhead } from "./look-ahead.ts";
import { createNap } from "./nap.ts";
import { type Claim, type DriveEnds, runDrive } from "./run-drive.ts";

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

/** Makes a driver that does nothing until started. */
export function createDriver(services: ServiceContext, options: DriverOptions): Driver {
  const ctx: DriveContext = { ...services, random: Math.random, pause: (ms) => rest(ms) };
  const running = createDriveRegister((jobId) => {
    if (again.delete(jobId)) driveSoon(jobId);
    nap.end();
  });
  const ahead = createLookAhead();
  const nap = createNap();
  const cut = new AbortController();
  /** Rung while being driven: to be driven again at once. */
  const again = new Set<string>();
  const looks = new Set<Promise<void>>();
  let stopping = false;
  let loop: Promise<void> | null = null;
  const ends: DriveEnds = { cut: cut.signal, stopping: () => stopping, failures: new Map() };
  const claimer = createClaimer(ctx, options, { free: () => options.concurrency - running.size });

  async function drive(claim: Claim): Promise<void> {
    ahead.forget(claim.jobId);
    try {
      ahead.note(claim.jobId, await runDrive(ctx, claim, ends));
    } catch (cause) {
      // The lease lapses, and the job is claimed again.
      ctx.log.error("driver.not-scheduled", { jobId: claim.jobId, cause });
    }
  }

  async function claimAndDrive(jobId: string | null): Promise<void> {
    try {
      for (const claim of await claimer.claim(jobId)) running.add(claim.jobId, drive(claim));
    } catch (cause) {
      ctx.log.error("driver.claim-failed", { cause });
    }
  }

  function look(jobId: string | null): Promise<void> {
    const looking = claimAndDrive(jobId).finally(() => looks.delete(looking));
    looks.add(looking);
    return looking;
  }

  function driveSoon(jobId: string): void {
    if (stopping) return;
    if (running.has(jobId)) again.add(jobId);
    else if (claimer.isFull()) nap.end();
    else void look(jobId);
  }

  async function runLoop(): Promise<void> {
    while (!stopping) {
      const lookedAt = ctx.now();
      await look(null);
      const sleepMs = ahead.sleepMs({ lookedAt, now: ctx.now() }, options.intervalMs);
      if (!stopping) await nap.take(sleepMs);
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
      await Promise.all(looks);
      await running.settled();
      clearTimeout(timer);
    },
  };
}

/** Claims due jobs, no more at a time than there are hands. */
function createClaimer(
  ctx: DriveContext,
  { replicaId }: DriverOptions,
  hands: { free: () => number },
) {
  let claims = 0;
  let reserved = 0;
  const free = () => hands.free() - reserved;
  async function claim(jobId: string | null): Promise<Claim[]> {
    const limit = jobId === null ? free() : 1;
    if (free() <= 0) return [];
    claims += 1;
    // Of its own for each claim, so that a drive whose lease lapsed cannot mistake a later one for its own.
    const leaseOwner = `${replicaId}:${claims}`;
    reserved += limit;
    try {
      const claimed = await ctx.rows.claimDue({
        limit,
        leaseOwner,
        leaseMs: ctx.gpuSettings.leaseMs,
        now: ctx.now(),
        ...(jobId === null ? {} : { jobId }),
      });
      return claimed.map((job) => ({ ...job, leaseOwner }));
    } finally {
      reserved -= limit;
    }
  }
  return { claim, isFull: () => free() <= 0 };
}
