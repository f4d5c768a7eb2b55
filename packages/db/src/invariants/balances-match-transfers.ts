import type { Invariant } from "./invariant.ts";

export const balancesMatchTransfers: Invariant = {
  number: 1,
  title: "every balance is the sum of its transfers and none is negative",
  async find(sql) {
    return sql`
      with moves as (
        select owner_id, credit_account as account, amount from credit_transfers
        union all
        select owner_id, debit_account, -amount from credit_transfers
      ), sums as (
        select owner_id, account, sum(amount)::bigint as from_transfers
        from moves where account in ('available', 'held', 'debt') group by owner_id, account
      ), expected as (
        select o.id as owner_id, a.account
        from owners o cross join (values ('available'), ('held'), ('debt')) as a (account)
      )
      select 'balance differs from transfers' as problem, owner_id, account,
        b.amount as balance, coalesce(s.from_transfers, 0) as from_transfers
      from expected
        full join credit_balances b using (owner_id, account)
        full join sums s using (owner_id, account)
      where b.amount is null or b.amount < 0 or b.amount <> coalesce(s.from_transfers, 0)
      union all
      -- Double entry: cached balances and the accounts of the house cancel out.
      select 'sum of all accounts is not zero', null, null, sum(amount)::bigint, 0
      from (
        select amount from credit_balances
        union all
        select amount from moves where account not in ('available', 'held', 'debt')
      ) as everything
      having sum(amount) <> 0`;
  },
};
