import { attempts, collectTroubles, jobs } from "@ob/db";
import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** What of a job changes when the driver has looked at it. */
export interface JobTrack {
  readonly status: string;
  readonly stage: string;
  readonly lastSeq: number;
  readonly attemptN: number | null;
  readonly attemptState: string | null;
  readonly storingFailures: number | null;
}

/** Reads it; null = no such job. */
export async function readTrack(
  { db }: Pick<ServiceContext, "db">,
  jobId: string,
): Promise<JobTrack | null> {
  const newest = sql`(select max(a.n) from attempts a where a.job_id = ${jobs.id})`;
  const [track] = await db
    .select({
      status: jobs.status,
      stage: jobs.stage,
      lastSeq: jobs.lastSeq,
      attemptN: attempts.n,
      attemptState: attempts.state,
      storingFailures: collectTroubles.failures,
    })
    .from(jobs)
    .leftJoin(attempts, and(eq(attempts.jobId, jobs.id), eq(attempts.n, newest)))
    .leftJoin(collectTroubles, eq(collectTroubles.jobId, jobs.id))
    .where(eq(jobs.id, jobId));
  return track ?? null;
}

const LOOK_EVERY_MS = 250;

/** Follows a job through its rows until it is no longer as `before`. Null: nothing changed in `withinMs`. */
export async function followJob(
  ctx: Pick<ServiceContext, "db"> & { readonly sleep: (ms: number) => Promise<void> },
  o: { readonly jobId: string; readonly before: JobTrack; readonly withinMs: number },
): Promise<JobTrack | null> {
  const was = JSON.stringify(o.before);
  for (let waitedMs = 0; waitedMs < o.withinMs; waitedMs += LOOK_EVERY_MS) {
    await ctx.sleep(LOOK_EVERY_MS);
    const track = await readTrack(ctx, o.jobId);
    if (track !== null && JSON.stringify(track) !== was) return track;
  }
  return null;
}
