import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "@ob/api";
import { type Guest, ok } from "./caller.ts";

const POLL_MS = 100;

/** Reads the job until it has ended. @throws {Error} when it has not within `withinMs` */
export async function waitForJob(guest: Guest, jobId: string, withinMs = 40_000): Promise<Job> {
  return waitUntilJob(guest, jobId, {
    withinMs,
    accept: (job) => ["done", "failed", "cancelled"].includes(job.status),
  });
}

/** Reads the job until `accept` says so. @throws {Error} with the last state seen */
export async function waitUntilJob(
  guest: Guest,
  jobId: string,
  o: { withinMs: number; accept: (job: Job) => boolean },
): Promise<Job> {
  const untilMs = performance.now() + o.withinMs;
  for (;;) {
    const job = ok(await guest.query<Job>("jobs.get", { jobId }));
    if (o.accept(job)) return job;
    if (performance.now() > untilMs) throw new Error(`still ${job.status}: ${job.stage}`);
    await pause(POLL_MS);
  }
}
