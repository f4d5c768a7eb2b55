import type { Invariant } from "./invariant.ts";

export const eventsHaveNoGap: Invariant = {
  number: 9,
  title: "an owner's events have no gap, and a job's last event shows its status",
  async find(sql) {
    return sql`
      select 'numbers with a gap or a repeat' as problem, o.id as owner_id, null::uuid as job_id,
        o.last_seq, count(e.seq) as events, max(e.seq) as newest
      from owners o left join job_events e on e.owner_id = o.id
      group by o.id
      having count(e.seq) <> o.last_seq or coalesce(max(e.seq), 0) <> o.last_seq
        or count(distinct e.seq) <> count(e.seq) or coalesce(min(e.seq), 1) <> 1
      union all
      select 'last event differs from the job', j.owner_id, j.id, j.last_seq, null, last.seq
      from jobs j left join lateral (
        select seq, status, stage from job_events e where e.job_id = j.id order by seq desc limit 1
      ) last on true
      where last.seq is distinct from j.last_seq or last.status is distinct from j.status
        or last.stage is distinct from j.stage`;
  },
};
