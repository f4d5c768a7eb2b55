import { jobWakeV1 } from "@ob/db";
import type { DriveContext } from "./drive-context.ts";

/** Wakes the oldest job that waits for a slot, because one has just become free. */
export async function wakeBacklog(ctx: DriveContext, backend: string): Promise<void> {
  const now = ctx.now();
  const rows = await ctx.sql<{ id: string }[]>`
    select j.id from jobs j
    where j.backend = ${backend} and j.status = 'queued' and j.due_at > ${now}
      and not exists (select from attempts a where a.job_id = j.id)
    order by j.created_at, j.id
    limit 1`;
  for (const { id } of rows) {
    await jobWakeV1(ctx.sql, { jobId: id, now });
    ctx.driveSoon(id);
  }
}
