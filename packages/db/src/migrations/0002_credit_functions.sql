-- Credits: one function writes transfers and the cached balances together. The caller holds the owner's row lock.
create function credit_post_v1(
  p_transfer_id uuid, p_owner_id uuid, p_kind text, p_amount bigint, p_job_id uuid,
  p_external_ref text, p_reason text, p_now timestamptz
) returns bigint language plpgsql as $$
declare
  v_debit text;
  v_credit text;
  v_available_after bigint;
begin
  case p_kind
    when 'grant' then v_debit := 'grants'; v_credit := 'available';
    when 'hold' then v_debit := 'available'; v_credit := 'held';
    when 'capture' then v_debit := 'held'; v_credit := 'revenue';
    when 'release' then v_debit := 'held'; v_credit := 'available';
  end case;

  update credit_balances
    set amount = amount + case account when v_credit then p_amount else -p_amount end
    where owner_id = p_owner_id and account in (v_debit, v_credit);

  select amount into strict v_available_after from credit_balances
    where owner_id = p_owner_id and account = 'available';

  insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
    available_after, job_id, external_ref, reason, created_at)
  values (p_transfer_id, p_owner_id, p_kind, p_amount, v_debit, v_credit,
    v_available_after, p_job_id, p_external_ref, p_reason, p_now);
  return v_available_after;
end $$;
--> statement-breakpoint

-- An owner, his three balances and, while the address has some of its hour left, the welcome grant.
create function owner_create_v1(
  p_owner_id uuid, p_kind text, p_welcome_credits bigint, p_address text, p_grants_per_hour integer,
  p_transfer_id uuid, p_now timestamptz
) returns bigint language plpgsql as $$
begin
  insert into owners (id, kind, last_seq, created_at) values (p_owner_id, p_kind, 0, p_now);
  insert into credit_balances (owner_id, account, amount)
    values (p_owner_id, 'available', 0), (p_owner_id, 'debt', 0), (p_owner_id, 'held', 0);

  if p_welcome_credits <= 0 then
    return 0;
  end if;
  if p_address is not null then
    if p_grants_per_hour <= 0 then
      return 0;
    end if;
    insert into guest_grants as g (address, hour_start, granted)
      values (p_address, date_bin('1 hour', p_now, timestamptz 'epoch'), 1)
      on conflict (address, hour_start) do update set granted = g.granted + 1
        where g.granted < p_grants_per_hour;
    if not found then
      return 0;
    end if;
  end if;

  perform credit_post_v1(p_transfer_id, p_owner_id, 'grant', p_welcome_credits, null,
    'welcome:' || p_owner_id, 'welcome', p_now);
  return p_welcome_credits;
end $$;
