import type { Invariant } from "./invariant.ts";

export const oneSettlementPerEndedJob: Invariant = {
  number: 3,
  title: "a job has one hold, and exactly one settlement once it has ended",
  async find(sql) {
    return sql`
      select j.id as job_id, j.status, j.credits,
        count(*) filter (where t.kind = 'hold') as holds,
        count(*) filter (where t.kind = 'capture') as captures,
        count(*) filter (where t.kind = 'release') as releases,
        array_agg(t.amount) as amounts
      from jobs j
        left join credit_transfers t on t.job_id = j.id and t.kind in ('hold', 'capture', 'release')
      group by j.id
      having count(*) filter (where t.kind = 'hold') <> 1
        or count(*) filter (where t.kind in ('capture', 'release'))
          <> case when j.status in ('done', 'failed', 'cancelled') then 1 else 0 end
        or bool_or(t.amount <> j.credits)`;
  },
};
