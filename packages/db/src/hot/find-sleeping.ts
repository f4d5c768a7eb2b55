import { z } from "zod";
import type { SqlRunner } from "../client.ts";

const Sleeping = z.array(z.object({ id: z.string() }));

/**
 * An owner's jobs with a run at a GPU side that are to be looked at later than `soon`; a job that waits
 * for anything else has nothing there to ask, and its backoff holds.
 */
export async function findSleeping(
  sql: SqlRunner,
  o: { readonly ownerId: string; readonly soon: Date },
): Promise<string[]> {
  const rows = await sql`
    select j.id from jobs j
    where j.owner_id = ${o.ownerId} and j.status in ('queued', 'running') and j.due_at > ${o.soon}
      and j.stage in ('waiting', 'waking', 'drawing')
      and exists (select from attempts a where a.job_id = j.id and a.state = 'submitted')`;
  return Sleeping.parse([...rows]).map(({ id }) => id);
}
