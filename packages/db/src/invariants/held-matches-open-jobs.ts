import type { Invariant } from "./invariant.ts";

export const heldMatchesOpenJobs: Invariant = {
  number: 2,
  title: "held credits are the prices of the jobs that have not ended",
  async find(sql) {
    return sql`
      with prices as (
        select owner_id, sum(credits)::bigint as open_prices
        from jobs where status not in ('done', 'failed', 'cancelled') group by owner_id
      )
      select owner_id, b.amount as held, coalesce(p.open_prices, 0) as open_prices
      from (select * from credit_balances where account = 'held') b
        full join prices p using (owner_id)
      where coalesce(b.amount, 0) <> coalesce(p.open_prices, 0)`;
  },
};
