import { attempts, type JobRow, jobs, watches } from "@ob/db";
import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "../../context.ts";

export type AttemptRow = typeof attempts.$inferSelect;

/** A job as the driver finds it. */
export interface DriveState {
  readonly job: JobRow;
  /** The newest attempt; null = none yet. */
  readonly attempt: AttemptRow | null;
  /** Whether its owner watches live at this moment. */
  readonly watched: boolean;
}

/** Reads a job with its newest attempt in one statement; null = no such job. */
export async function loadDriveState(
  ctx: ServiceContext,
  jobId: string,
): Promise<DriveState | null> {
  const newest = sql`(select max(a.n) from attempts a where a.job_id = ${jobs.id})`;
  const rows = await ctx.db
    .select({ job: jobs, attempt: attempts, watchedUntil: watches.until })
    .from(jobs)
    .leftJoin(attempts, and(eq(attempts.jobId, jobs.id), eq(attempts.n, newest)))
    .leftJoin(watches, eq(watches.ownerId, jobs.ownerId))
    .where(eq(jobs.id, jobId));
  const row = rows[0];
  if (row === undefined) return null;
  const watched = row.watchedUntil !== null && row.watchedUntil > ctx.now();
  return { job: row.job, attempt: row.attempt, watched };
}
