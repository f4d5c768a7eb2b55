import type { Invariant } from "./invariant.ts";

export const oneLiveAttemptPerJob: Invariant = {
  number: 7,
  title: "one live attempt per job, the next only after all before are dead",
  async find(sql) {
    return sql`
      select 'several live attempts' as problem, job_id, array_agg(n order by n) as attempts
      from attempts where state in ('intent', 'submitted', 'unknown')
      group by job_id having count(*) > 1
      union all
      select 'begun before the earlier one was dead', later.job_id, array[earlier.n, later.n]
      from attempts later join attempts earlier on earlier.job_id = later.job_id and earlier.n < later.n
      where earlier.state <> 'dead' or earlier.ended_at > later.intent_at
        or (earlier.dead_reason = 'ttl' and earlier.ended_at < earlier.dead_after)
      union all
      select 'numbers with a gap', job_id, array_agg(n order by n)
      from attempts group by job_id having max(n) <> count(*) or min(n) <> 1`;
  },
};
