import type { SqlRunner } from "../client.ts";
import type { EXCHANGE_OPERATIONS } from "../schema/operations.ts";

/** As many attempts as one incident names. */
export const MAX_INCIDENT_ATTEMPTS = 50;

/** Failed exchanges of one backend, operation and cause that began in the same minute. */
export interface IncidentRecord {
  /** Of the row, should it be the first of its minute. */
  id: string;
  backend: string;
  operation: (typeof EXCHANGE_OPERATIONS)[number];
  cause: string;
  firstAt: Date;
  lastAt: Date;
  occurrences: number;
  /** What names the attempts that met it: prefixes of their files, ids of the other side. */
  filePrefixes: readonly string[];
  runpodJobIds: readonly string[];
  /** The first exchange as JSON text, redacted; at most 128 KiB. */
  exchangeJson: string;
}

/** Keeps the first exchange of a minute whole and counts the others; attempts we know are named. */
export async function recordIncident(sql: SqlRunner, o: IncidentRecord): Promise<void> {
  await sql`
    with met as (
      select coalesce(array_agg(id), '{}') as ids from (
        select id from attempts
        where file_prefix = any(${[...o.filePrefixes]}::text[])
          or runpod_job_id = any(${[...o.runpodJobIds]}::text[])
        order by id limit ${MAX_INCIDENT_ATTEMPTS}) as known
    )
    insert into gpu_incidents as i (id, backend, operation, cause, minute, first_at, last_at,
      occurrences, attempt_ids, exchange)
    select ${o.id}, ${o.backend}, ${o.operation}, ${o.cause},
      date_trunc('minute', ${o.firstAt}::timestamptz, 'UTC'), ${o.firstAt}, ${o.lastAt},
      ${o.occurrences}, met.ids, ${o.exchangeJson}::text::jsonb
    from met
    on conflict (minute, backend, operation, cause) do update set
      occurrences = i.occurrences + excluded.occurrences,
      last_at = greatest(i.last_at, excluded.last_at),
      attempt_ids = array(select distinct id from unnest(i.attempt_ids || excluded.attempt_ids) as both_of(id)
        limit ${MAX_INCIDENT_ATTEMPTS})`;
}
