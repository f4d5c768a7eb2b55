import { jobWakeV1 } from "@ob/db";
import { z } from "zod";
import type { ServiceContext } from "../context.ts";

const Stuck = z.array(z.object({ id: z.string() }));

/**
 * Wakes jobs that nobody is due to look at although they, or an attempt of theirs, have not ended.
 * There should be none: each one is logged as a defect. @returns how many
 */
export async function wakeStuck(
  ctx: ServiceContext,
  { limit }: { limit: number },
): Promise<number> {
  const now = ctx.now();
  const rows = await ctx.sql`
    select j.id from jobs j
    where j.due_at is null
      and (j.lease_until is null or j.lease_until <= ${now})
      and (j.finished_at is null or exists (select from attempts a
        where a.job_id = j.id and a.state in ('intent', 'submitted', 'unknown')))
    limit ${limit}`;
  const stuck = Stuck.parse([...rows]);
  for (const { id } of stuck) {
    ctx.log.error("job.nobody-due", { jobId: id });
    await jobWakeV1(ctx.sql, { jobId: id, now });
    ctx.driveSoon(id);
  }
  return stuck.length;
}
