import type { SqlRunner } from "../client.ts";

/** Notes that the ends of these jobs were shown to their owners; the first time stays, other jobs are left out. */
export async function noteSightings(
  sql: SqlRunner,
  sightings: readonly { jobId: string; seenAt: Date }[],
): Promise<void> {
  const ids = sightings.map(({ jobId }) => jobId);
  const times = sightings.map(({ seenAt }) => seenAt.toISOString());
  await sql`
    insert into job_sightings (job_id, seen_at)
    select j.id, seen.at
    from unnest(${ids}::uuid[], ${times}::timestamptz[]) as seen(job_id, at)
      join jobs j on j.id = seen.job_id and j.finished_at is not null
    on conflict (job_id) do nothing`;
}
