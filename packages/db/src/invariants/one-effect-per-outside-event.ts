import type { Invariant } from "./invariant.ts";

export const oneEffectPerOutsideEvent: Invariant = {
  number: 6,
  title: "one effect per outside event",
  async find(sql) {
    return sql`
      select 'request with several jobs' as problem,
        k.owner_id::text as subject, array_agg(k.job_id::text) as found
      from idempotency_keys k
      group by k.owner_id, k.request_id having count(*) > 1
      union all
      select 'job made by several requests', job_id::text, array_agg(request_id::text)
      from idempotency_keys group by job_id having count(*) > 1
      union all
      select 'outside fact with several transfers', external_ref, array_agg(id::text)
      from credit_transfers where external_ref is not null group by external_ref having count(*) > 1
      union all
      select 'run bound to several attempts', runpod_job_id, array_agg(id::text)
      from attempts where runpod_job_id is not null group by runpod_job_id having count(*) > 1`;
  },
};
