import { jobWakeV1 } from "@ob/db";
import { MAX_BACKOFF_MS } from "../../../domain/retry-policy.ts";
import type { DriveContext } from "./drive-context.ts";

/**
 * Wakes the oldest job that waits for a slot, because one has just become free. A job that failed
 * before is among them once its backoff is surely over; a longer Retry-After the gate keeps.
 */
export async function wakeBacklog(ctx: DriveContext, backend: string): Promise<void> {
  const now = ctx.now();
  const backoffSince = new Date(now.getTime() - MAX_BACKOFF_MS);
  const rows = await ctx.sql<{ id: string }[]>`
    select j.id from jobs j
    where j.backend = ${backend} and j.status = 'queued' and j.due_at > ${now}
      and not exists (select from attempts a where a.job_id = j.id
        and (a.state <> 'dead' or a.ended_at > ${backoffSince}))
    order by j.created_at, j.id
    limit 1`;
  for (const { id } of rows) {
    await jobWakeV1(ctx.sql, { jobId: id, now });
    ctx.driveSoon(id);
  }
}
