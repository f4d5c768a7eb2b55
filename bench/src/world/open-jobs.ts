import type { Sql } from "@ob/db";

/** How many jobs have not ended. */
export async function countOpenJobs(sql: Sql): Promise<number> {
  const rows = await sql<{ open: number }[]>`
    select count(*)::int as open from jobs where status in ('queued', 'running', 'storing')`;
  return rows[0]?.open ?? 0;
}
