-- What the tables' own constraints cannot say. Trigger functions carry a version: an old server may
-- still run beside a new one, so a later migration adds `_v2` and never replaces `_v1`.

-- Jobs: the status graph, the fixed facts, the frozen end.
create function jobs_guard_v1() returns trigger language plpgsql as $$
declare
  -- A live attempt may outlast its job, so the driver's columns stay open; erasure has its own rule below.
  v_open constant text[] := '{due_at,wakes,lease_owner,lease_until,input,prompt_en,erased_at}';
begin
  if tg_op = 'INSERT' then
    if new.status <> 'queued' then
      raise exception 'a job begins queued, not %', new.status
        using errcode = 'restrict_violation', constraint = 'jobs_status_graph', table = 'jobs';
    end if;
    return new;
  end if;

  if old.status in ('done', 'failed', 'cancelled') then
    if to_jsonb(new) - v_open is distinct from to_jsonb(old) - v_open
      or (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
      or (new.input is not null and new.input is distinct from old.input)
      or (new.prompt_en is not null and new.prompt_en is distinct from old.prompt_en)
    then
      raise exception 'job % is % and frozen', old.id, old.status
        using errcode = 'restrict_violation', constraint = 'jobs_terminal_frozen', table = 'jobs';
    end if;
    return new;
  end if;

  if new.status <> old.status and not (case old.status
    when 'queued' then new.status in ('running', 'storing', 'failed', 'cancelled')
    when 'running' then new.status in ('queued', 'storing', 'failed', 'cancelled')
    when 'storing' then new.status in ('done', 'failed')
    else false end)
  then
    raise exception 'job % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'restrict_violation', constraint = 'jobs_status_graph', table = 'jobs';
  end if;

  if (new.id, new.owner_id, new.service, new.service_version, new.mode, new.credits, new.input,
      new.prompt_en, new.plan, new.image_asset_id, new.mask_asset_id, new.retry_of, new.created_at)
    is distinct from
    (old.id, old.owner_id, old.service, old.service_version, old.mode, old.credits, old.input,
      old.prompt_en, old.plan, old.image_asset_id, old.mask_asset_id, old.retry_of, old.created_at)
  then
    raise exception 'what job % was asked and costs is fixed', old.id
      using errcode = 'restrict_violation', constraint = 'jobs_facts_fixed', table = 'jobs';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger jobs_guard before insert or update on jobs
  for each row execute function jobs_guard_v1();
--> statement-breakpoint

-- Attempts: their own graph, independent of the job's status.
create function attempts_guard_v1() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'intent' then
      raise exception 'an attempt begins as intent, not %', new.state
        using errcode = 'restrict_violation', constraint = 'attempts_state_graph', table = 'attempts';
    end if;
    return new;
  end if;

  if old.state in ('finished', 'dead') then
    if new is distinct from old then
      raise exception 'attempt % is % and frozen', old.id, old.state
        using errcode = 'restrict_violation', constraint = 'attempts_terminal_frozen', table = 'attempts';
    end if;
    return new;
  end if;

  if new.state <> old.state and not (case old.state
    when 'intent' then new.state in ('submitted', 'unknown', 'dead')
    when 'unknown' then new.state in ('submitted', 'dead')
    when 'submitted' then new.state in ('finished', 'dead')
    else false end)
  then
    raise exception 'attempt % cannot go from % to %', old.id, old.state, new.state
      using errcode = 'restrict_violation', constraint = 'attempts_state_graph', table = 'attempts';
  end if;

  if (new.id, new.job_id, new.n, new.backend, new.service_version, new.variant, new.graph_hash,
      new.file_prefix, new.image_name, new.mask_name, new.token_sha256, new.intent_at, new.dead_after)
    is distinct from
    (old.id, old.job_id, old.n, old.backend, old.service_version, old.variant, old.graph_hash,
      old.file_prefix, old.image_name, old.mask_name, old.token_sha256, old.intent_at, old.dead_after)
    or (old.runpod_job_id is not null and new.runpod_job_id is distinct from old.runpod_job_id)
  then
    raise exception 'what attempt % may send and is called is fixed', old.id
      using errcode = 'restrict_violation', constraint = 'attempts_facts_fixed', table = 'attempts';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger attempts_guard before insert or update on attempts
  for each row execute function attempts_guard_v1();
--> statement-breakpoint

-- Results: delivered once; only erasure may be noted, once.
create function results_guard_v1() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'erased_at' is distinct from to_jsonb(old) - 'erased_at'
    or (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
  then
    raise exception 'the result of job % is frozen', old.job_id
      using errcode = 'restrict_violation', constraint = 'results_frozen', table = 'results';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger results_guard before update on results
  for each row execute function results_guard_v1();
--> statement-breakpoint

-- History is only ever added to.
create function refuse_change_v1() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: history is append-only', tg_op, tg_table_name
    using errcode = 'restrict_violation', constraint = tg_name, table = tg_table_name;
end $$;
--> statement-breakpoint
create trigger credit_transfers_append_only before update or delete or truncate on credit_transfers
  for each statement execute function refuse_change_v1();
--> statement-breakpoint
create trigger job_events_append_only before update or delete or truncate on job_events
  for each statement execute function refuse_change_v1();
--> statement-breakpoint
create trigger jobs_no_delete before delete or truncate on jobs
  for each statement execute function refuse_change_v1();
--> statement-breakpoint
create trigger attempts_no_delete before delete or truncate on attempts
  for each statement execute function refuse_change_v1();
--> statement-breakpoint
create trigger results_no_delete before delete or truncate on results
  for each statement execute function refuse_change_v1();
--> statement-breakpoint

-- The end of a job, its settlement and its result are one fact: checked when the transaction commits,
-- because inside it they are three statements.
create function job_settlement_guard_v1() returns trigger language plpgsql as $$
declare
  v_job_id uuid;
  v_job jobs;
  v_settlement text;
  v_has_result boolean;
begin
  if tg_table_name = 'jobs' then
    v_job_id := new.id;
  else
    v_job_id := new.job_id;
  end if;
  select * into v_job from jobs where id = v_job_id;
  select kind into v_settlement from credit_transfers
    where job_id = v_job_id and kind in ('capture', 'release');
  select exists (select from results where job_id = v_job_id) into v_has_result;
  if v_settlement is distinct from (case v_job.status
      when 'done' then 'capture' when 'failed' then 'release' when 'cancelled' then 'release' end)
    or v_has_result <> (v_job.status = 'done')
  then
    raise exception 'job % is % but settled with % and % result', v_job_id, v_job.status,
      coalesce(v_settlement, 'nothing'), case when v_has_result then 'a' else 'no' end
      using errcode = 'restrict_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger jobs_settled after update of status on jobs
  deferrable initially deferred for each row
  when (new.status in ('done', 'failed', 'cancelled'))
  execute function job_settlement_guard_v1();
--> statement-breakpoint
create constraint trigger credit_transfers_settle_ended_job after insert on credit_transfers
  deferrable initially deferred for each row
  when (new.kind in ('capture', 'release'))
  execute function job_settlement_guard_v1();
--> statement-breakpoint
create constraint trigger results_of_done_job after insert on results
  deferrable initially deferred for each row
  execute function job_settlement_guard_v1();
