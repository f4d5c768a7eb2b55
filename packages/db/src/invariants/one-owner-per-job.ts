import type { Invariant } from "./invariant.ts";

export const oneOwnerPerJob: Invariant = {
  number: 10,
  title: "a job, its pictures, its money and its events have one owner",
  async find(sql) {
    return sql`
      select 'picture' as what, j.id as job_id, j.owner_id, a.owner_id as other_owner_id
      from jobs j join assets a on a.id in (j.image_asset_id, j.mask_asset_id)
      where a.owner_id <> j.owner_id
      union all
      select 'further picture', j.id, j.owner_id, a.owner_id
      from jobs j join job_pictures p on p.job_id = j.id join assets a on a.id = p.asset_id
      where a.owner_id <> j.owner_id or p.owner_id <> j.owner_id
      union all
      select 'transfer', j.id, j.owner_id, t.owner_id
      from jobs j join credit_transfers t on t.job_id = j.id where t.owner_id <> j.owner_id
      union all
      select 'event', j.id, j.owner_id, e.owner_id
      from jobs j join job_events e on e.job_id = j.id where e.owner_id <> j.owner_id
      union all
      select 'request', j.id, j.owner_id, k.owner_id
      from jobs j join idempotency_keys k on k.job_id = j.id where k.owner_id <> j.owner_id
      union all
      select 'retried job', j.id, j.owner_id, r.owner_id
      from jobs j join jobs r on r.id = j.retry_of where r.owner_id <> j.owner_id`;
  },
};
