import type { SqlRunner } from "../client.ts";

/** Longest message kept. */
const MAX_MESSAGE = 500;

export interface CollectTrouble {
  jobId: string;
  /** What failed, technically; only its first 500 characters are kept. */
  message: string;
  now: Date;
}

/** Notes that a finished result could not be stored this time: the last failure, and one more of them. */
export async function noteCollectTrouble(sql: SqlRunner, o: CollectTrouble): Promise<void> {
  // PostgreSQL keeps no NUL and no half of a character; it counts characters, JavaScript halves.
  const message = o.message.replaceAll("\0", " ").slice(0, MAX_MESSAGE).toWellFormed();
  await sql`
    insert into collect_troubles as t (job_id, failures, first_at, last_at, message)
    values (${o.jobId}, 1, ${o.now}, ${o.now}, ${message})
    on conflict (job_id) do update set
      failures = t.failures + 1,
      last_at = greatest(t.last_at, excluded.last_at),
      message = excluded.message`;
}
