import type { Invariant } from "./invariant.ts";

/**
 * Two minutes of grace; time in which no server ran does not count. An attempt has the longest
 * time it was given counted from its intent, and the same from the answer it got late: a process that
 * stood still between the two has sent something that the other side kills so much later.
 */
export const everythingEndsInTime: Invariant = {
  number: 11,
  title: "everything ends in time",
  async find(sql, { now, serverStartedAt }) {
    return sql`
      select 'job outlived its deadline' as problem, id as job_id, null::uuid as attempt_id, status as state,
        greatest(deadline_at, collect_by) as due_by
      from jobs
      where status not in ('done', 'failed', 'cancelled')
        and greatest(deadline_at, collect_by, ${serverStartedAt}::timestamptz) + interval '2 minutes' < ${now}
      union all
      select 'attempt outlived its death', job_id, id, state, killed_from
      from (select *, greatest(dead_after, submitted_at + (dead_after - intent_at)) as killed_from
        from attempts) as a
      where state in ('intent', 'submitted', 'unknown')
        and greatest(killed_from, ${serverStartedAt}::timestamptz) + interval '2 minutes' < ${now}
      union all
      select 'finished result not collected', j.id, a.id, j.status, a.ended_at
      from jobs j join attempts a on a.job_id = j.id and a.state = 'finished'
      where j.status not in ('done', 'failed', 'cancelled')
        and greatest(a.ended_at, ${serverStartedAt}::timestamptz) + interval '10 minutes' < ${now}
        -- One that an operator gave more time has until then.
        and (coalesce(j.collect_by, a.ended_at) <= a.ended_at + interval '10 minutes'
          or j.collect_by + interval '2 minutes' < ${now})`;
  },
};
