-- Several pictures to a job, and versions that take no new jobs. Whatever v1 did stays for servers of before.

create trigger job_pictures_append_only before update or delete or truncate on job_pictures
  for each statement execute function refuse_change_v1();
--> statement-breakpoint

-- Whether a job that is not erased shows the picture, in whatever place.
create function asset_is_shown_v1(p_asset_id uuid, p_owner_id uuid)
returns boolean language sql stable as $$
  select exists (select from jobs j
      where j.owner_id = p_owner_id and j.erased_at is null
        and (j.image_asset_id = p_asset_id or j.mask_asset_id = p_asset_id))
    or exists (select from job_pictures p join jobs j on j.id = p.job_id
      where p.asset_id = p_asset_id and j.erased_at is null)
$$;
--> statement-breakpoint

-- A server of before does not know of further pictures: it must not erase one that a job shows.
create function assets_guard_v1() returns trigger language plpgsql as $$
begin
  if asset_is_shown_v1(new.id, new.owner_id) then
    raise exception 'picture % is shown by a job', new.id
      using errcode = 'restrict_violation', constraint = 'assets_shown_kept', table = 'assets';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger assets_guard before update of erased_at on assets for each row
  when (old.erased_at is null and new.erased_at is not null)
  execute function assets_guard_v1();
--> statement-breakpoint

-- p_extra_asset_ids: "Picture 2" and on, in their order. The rest as in v1.
create function job_create_v2(
  p_job jsonb, p_extra_asset_ids uuid[], p_request_id uuid, p_request_hash text,
  p_transfer_id uuid, p_response jsonb, p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  v_asked jobs := jsonb_populate_record(null::jobs, p_job);
  v_job jobs;
  v_kept idempotency_keys;
  v_available bigint;
  v_ahead bigint;
  v_seq bigint;
  v_response text;
begin
  perform from owners where id = v_asked.owner_id for no key update;
  if not found then
    raise exception 'owner % does not exist', v_asked.owner_id using errcode = 'foreign_key_violation';
  end if;

  select * into v_kept from idempotency_keys
    where owner_id = v_asked.owner_id and request_id = p_request_id;
  if found then
    if v_kept.request_hash = p_request_hash then
      return jsonb_build_object('outcome', 'replayed', 'response', v_kept.response);
    end if;
    return jsonb_build_object('outcome', 'reused');
  end if;

  if exists (select from service_shares
    where service_version = v_asked.service_version and basis_points = 0)
  then
    return jsonb_build_object('outcome', 'withdrawn');
  end if;

  -- Erasing takes the owner's lock too, so an asset seen here stays until we commit.
  if exists (select from unnest(array[v_asked.image_asset_id] || p_extra_asset_ids) as asked(id)
      where not exists (select from assets a where a.id = asked.id
        and a.owner_id = v_asked.owner_id and a.kind = 'image' and a.erased_at is null))
    or (v_asked.mask_asset_id is not null and not exists (select from assets
      where id = v_asked.mask_asset_id and owner_id = v_asked.owner_id and kind = 'mask'
        and erased_at is null))
  then
    return jsonb_build_object('outcome', 'asset-missing');
  end if;

  select amount into strict v_available from credit_balances
    where owner_id = v_asked.owner_id and account = 'available' for no key update;
  if v_available < v_asked.credits then
    return jsonb_build_object('outcome', 'insufficient', 'available', v_available);
  end if;

  select count(*) into v_ahead from jobs where backend = v_asked.backend and status = 'queued';
  v_response := (p_response || jsonb_build_object('queuePosition', v_ahead + 1))::text;

  update owners set last_seq = last_seq + 1 where id = v_asked.owner_id returning last_seq into v_seq;
  insert into jobs (id, owner_id, service, service_version, mode, backend, status, stage, progress,
    credits, input, prompt_en, plan, image_asset_id, mask_asset_id, retry_of, last_seq, deadline_at,
    due_at, created_at, updated_at)
  values (v_asked.id, v_asked.owner_id, v_asked.service, v_asked.service_version, v_asked.mode,
    v_asked.backend, 'queued', 'waiting', null, v_asked.credits, v_asked.input, v_asked.prompt_en,
    v_asked.plan, v_asked.image_asset_id, v_asked.mask_asset_id, v_asked.retry_of, v_seq,
    v_asked.deadline_at, p_now, p_now, p_now)
  returning * into v_job;
  insert into job_pictures (job_id, n, asset_id, owner_id)
    select v_job.id, extra.place + 1, extra.id, v_job.owner_id
    from unnest(p_extra_asset_ids) with ordinality as extra(id, place);
  perform credit_post_v1(p_transfer_id, v_job.owner_id, 'hold', v_job.credits, v_job.id, null, 'job', p_now);
  insert into idempotency_keys (owner_id, request_id, request_hash, job_id, response, created_at)
    values (v_job.owner_id, p_request_id, p_request_hash, v_job.id, v_response, p_now);
  perform job_event_append_v1(v_job, 'created', null, p_now);
  return jsonb_build_object('outcome', 'created', 'response', v_response, 'seq', v_seq);
end $$;
--> statement-breakpoint

-- As v1, and the further pictures too.
create function job_erase_v2(p_job_id uuid, p_owner_id uuid, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_job jobs;
begin
  perform from owners where id = p_owner_id for no key update;
  select * into v_job from jobs where id = p_job_id and owner_id = p_owner_id for no key update;
  if not found or v_job.erased_at is not null then
    return 'not-found';
  end if;
  if v_job.finished_at is null then
    return 'not-terminal';
  end if;

  update jobs set erased_at = p_now, input = null, prompt_en = null where id = p_job_id;
  update idempotency_keys set response = null where job_id = p_job_id;
  with erased_result as (
    update results set erased_at = p_now where job_id = p_job_id and erased_at is null
    returning object_key, preview_key
  ), erased_assets as (
    update assets a set erased_at = p_now
    where a.erased_at is null
      and (a.id in (v_job.image_asset_id, v_job.mask_asset_id)
        or a.id in (select asset_id from job_pictures where job_id = p_job_id))
      and not asset_is_shown_v1(a.id, a.owner_id)
    returning object_key, preview_key
  ), gone as (
    select * from erased_result union all select * from erased_assets
  )
  insert into object_erasures (object_key, due_at)
    select object_key, p_now from gone union select preview_key, p_now from gone
    on conflict (object_key) do nothing;
  return 'erased';
end $$;
--> statement-breakpoint

-- As v1, and the names of the further pictures too.
create function attempt_intend_v2(
  p_attempt jsonb, p_max_in_flight integer, p_max_tries integer, p_deadline_at timestamptz,
  p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  v_asked attempts := jsonb_populate_record(null::attempts, p_attempt);
  v_job jobs;
  v_n integer;
begin
  select * into v_job from jobs where id = v_asked.job_id;
  if not found or v_job.status <> 'queued' then
    return jsonb_build_object('outcome', 'not-ready');
  end if;

  -- Counting slots and taking one is a single step per backend.
  perform pg_advisory_xact_lock(hashtextextended('gpu-slots:' || v_job.backend, 0));
  perform from owners where id = v_job.owner_id for no key update;
  select * into v_job from jobs where id = v_asked.job_id for no key update;
  if v_job.status <> 'queued' or v_job.cancel_requested_at is not null
    or v_job.tries >= p_max_tries or v_job.deadline_at <= p_now
    or exists (select from attempts where job_id = v_job.id and state <> 'dead')
  then
    return jsonb_build_object('outcome', 'not-ready');
  end if;
  -- An unanswered attempt of an ended job may still run somewhere, but must not block the others.
  if p_max_in_flight <= (select count(*) from attempts a join jobs j on j.id = a.job_id
    where a.backend = v_job.backend and a.state in ('intent', 'submitted', 'unknown')
      and (a.state <> 'unknown' or j.finished_at is null))
  then
    return jsonb_build_object('outcome', 'no-slot');
  end if;

  select coalesce(max(n), 0) + 1 into v_n from attempts where job_id = v_job.id;
  insert into attempts (id, job_id, n, state, backend, service_version, variant, graph_hash,
    file_prefix, image_name, extra_image_names, mask_name, token_sha256, intent_at, dead_after)
  values (v_asked.id, v_job.id, v_n, 'intent', v_job.backend, v_job.service_version, v_asked.variant,
    v_asked.graph_hash, v_asked.file_prefix, v_asked.image_name, v_asked.extra_image_names,
    v_asked.mask_name, v_asked.token_sha256, p_now, v_asked.dead_after);

  update owners set last_seq = last_seq + 1 where id = v_job.owner_id
    returning last_seq into v_job.last_seq;
  update jobs set
    stage = 'submitting',
    tries = tries + 1,
    deadline_at = case when first_intent_at is null then p_deadline_at else deadline_at end,
    first_intent_at = coalesce(first_intent_at, p_now),
    last_seq = v_job.last_seq,
    updated_at = p_now
  where id = v_job.id
  returning * into v_job;
  perform job_event_append_v1(v_job, 'submitting', null, p_now);
  return jsonb_build_object('outcome', 'intended', 'ownerId', v_job.owner_id, 'seq', v_job.last_seq, 'n', v_n);
end $$;
--> statement-breakpoint

-- As v1, and the names of the further pictures are fixed too.
create function attempts_guard_v2() returns trigger language plpgsql as $$
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
      new.file_prefix, new.image_name, new.extra_image_names, new.mask_name, new.token_sha256,
      new.intent_at, new.dead_after)
    is distinct from
    (old.id, old.job_id, old.n, old.backend, old.service_version, old.variant, old.graph_hash,
      old.file_prefix, old.image_name, old.extra_image_names, old.mask_name, old.token_sha256,
      old.intent_at, old.dead_after)
    or (old.runpod_job_id is not null and new.runpod_job_id is distinct from old.runpod_job_id)
  then
    raise exception 'what attempt % may send and is called is fixed', old.id
      using errcode = 'restrict_violation', constraint = 'attempts_facts_fixed', table = 'attempts';
  end if;
  return new;
end $$;
--> statement-breakpoint
drop trigger attempts_guard on attempts;
--> statement-breakpoint
create trigger attempts_guard before insert or update on attempts
  for each row execute function attempts_guard_v2();
