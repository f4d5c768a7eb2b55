-- The only functions that move jobs. Lock order everywhere: backend slot, owner, job, attempt, balances.
-- Row locks are NO KEY UPDATE, so that a foreign key's KEY SHARE never waits for them.

-- Gives out the owner's next event number and writes the event from the job as it stands.
-- The caller holds the owner's row lock and keeps it to commit.
create function job_event_append_v1(p_job jobs, p_event text, p_code text, p_now timestamptz)
returns void language sql as $$
  insert into job_events (owner_id, seq, job_id, event, status, stage, progress, code, created_at)
  values ((p_job).owner_id, (p_job).last_seq, (p_job).id, p_event, (p_job).status, (p_job).stage,
    (p_job).progress, p_code, p_now)
$$;
--> statement-breakpoint

-- p_job: the row to be, in the names of its columns. p_response: the answer to keep, without its queue position.
create function job_create_v1(
  p_job jsonb, p_request_id uuid, p_request_hash text, p_transfer_id uuid, p_response jsonb,
  p_now timestamptz
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

  -- Erasing takes the owner's lock too, so an asset seen here stays until we commit.
  if not exists (select from assets where id = v_asked.image_asset_id
      and owner_id = v_asked.owner_id and kind = 'image' and erased_at is null)
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
  perform credit_post_v1(p_transfer_id, v_job.owner_id, 'hold', v_job.credits, v_job.id, null, 'job', p_now);
  insert into idempotency_keys (owner_id, request_id, request_hash, job_id, response, created_at)
    values (v_job.owner_id, p_request_id, p_request_hash, v_job.id, v_response, p_now);
  perform job_event_append_v1(v_job, 'created', null, p_now);
  return jsonb_build_object('outcome', 'created', 'response', v_response, 'seq', v_seq);
end $$;
--> statement-breakpoint

-- Moves one attempt if it stands in p_from. Keys missing from p_patch stay as they are. The caller holds the job's lock.
create function attempt_move_v1(
  p_attempt_id uuid, p_job_id uuid, p_from text[], p_to text, p_patch jsonb, p_now timestamptz
) returns boolean language plpgsql as $$
begin
  update attempts a set
    state = p_to,
    ended_at = case when p_to in ('finished', 'dead') then p_now end,
    runpod_job_id = coalesce(p_patch->>'runpodJobId', a.runpod_job_id),
    sent_at = coalesce((p_patch->>'sentAt')::timestamptz, a.sent_at),
    submitted_at = coalesce((p_patch->>'submittedAt')::timestamptz, a.submitted_at),
    started_at = coalesce(a.started_at, (p_patch->>'startedAt')::timestamptz),
    dead_reason = coalesce(p_patch->>'deadReason', a.dead_reason),
    failure_message = coalesce(p_patch->>'failureMessage', a.failure_message),
    counts_as_try = coalesce((p_patch->>'countsAsTry')::boolean, a.counts_as_try),
    delay_ms = coalesce((p_patch->>'delayMs')::integer, a.delay_ms),
    execution_ms = coalesce((p_patch->>'executionMs')::integer, a.execution_ms)
  where a.id = p_attempt_id and a.job_id = p_job_id and a.state = any (p_from);
  return found;
end $$;
--> statement-breakpoint

-- Moves job, attempt, result, credits and event together, or nothing: no row means a guard said no.
-- p_to null keeps the status. Facts that are missing stay as they are.
create function job_apply_v1(
  p_job_id uuid, p_event text, p_from text[], p_to text, p_credits text, p_transfer_id uuid,
  p_now timestamptz, p_facts jsonb
) returns setof jobs language plpgsql as $$
declare
  v_attempt constant jsonb := p_facts->'attempt';
  v_result constant jsonb := p_facts->'result';
  v_owner_id uuid;
  v_job jobs;
  v_to text;
begin
  select owner_id into v_owner_id from jobs where id = p_job_id;
  if not found then
    return;
  end if;
  perform from owners where id = v_owner_id for no key update;
  select * into v_job from jobs where id = p_job_id for no key update;

  if v_job.status <> all (p_from)
    or (p_facts ? 'unlessCancelRequested' and v_job.cancel_requested_at is not null)
    or (p_facts ? 'requireNoLiveAttempt' and exists (select from attempts where job_id = p_job_id
      and state in ('intent', 'submitted', 'unknown')
      and not (id = coalesce((v_attempt->>'id')::uuid, p_job_id)
        and v_attempt->>'to' in ('finished', 'dead'))))
  then
    return;
  end if;
  -- The last guard, and the first write: whatever follows it either succeeds or raises.
  if v_attempt is not null and not attempt_move_v1((v_attempt->>'id')::uuid, p_job_id,
    array(select jsonb_array_elements_text(v_attempt->'from')), v_attempt->>'to', v_attempt, p_now)
  then
    return;
  end if;

  if v_result is not null then
    insert into results (job_id, attempt_id, object_key, preview_key, sha256, content_type, bytes,
      width, height, fidelity, created_at)
    values (p_job_id, (v_result->>'attemptId')::uuid, v_result->>'objectKey', v_result->>'previewKey',
      v_result->>'sha256', v_result->>'contentType', (v_result->>'bytes')::bigint,
      (v_result->>'width')::integer, (v_result->>'height')::integer, v_result->'fidelity', p_now);
  end if;

  v_to := coalesce(p_to, v_job.status);
  update owners set last_seq = last_seq + 1 where id = v_owner_id returning last_seq into v_job.last_seq;
  update jobs j set
    status = v_to,
    stage = coalesce(p_facts->>'stage', case
      when v_to in ('storing', 'done', 'failed', 'cancelled') then v_to
      when v_to = 'running' then 'drawing'
      when v_to <> j.status then 'waiting'
      else j.stage end),
    progress = case
      when p_event = 'died' then null
      when j.status = 'running' and v_to = 'running'
        then greatest(j.progress, (p_facts->>'progress')::real)
      when p_facts ? 'progress' then (p_facts->>'progress')::real
      else j.progress end,
    error_code = coalesce(p_facts->>'errorCode', j.error_code),
    cancel_requested_at = case when p_facts ? 'cancelRequested'
      then coalesce(j.cancel_requested_at, p_now) else j.cancel_requested_at end,
    -- A wish made while a driver holds the lease must not be slept over.
    wakes = j.wakes + case when p_facts ? 'cancelRequested' then 1 else 0 end,
    due_at = case when p_facts ? 'dueAt' then (p_facts->>'dueAt')::timestamptz else j.due_at end,
    collect_by = coalesce((p_facts->>'collectBy')::timestamptz, j.collect_by),
    deadline_at = coalesce((p_facts->>'deadlineAt')::timestamptz, j.deadline_at),
    started_at = coalesce(j.started_at, (p_facts->>'startedAt')::timestamptz),
    tries = j.tries - case when p_facts ? 'giveBackTry' then 1 else 0 end,
    finished_at = case when v_to in ('done', 'failed', 'cancelled') then p_now end,
    last_seq = v_job.last_seq,
    updated_at = p_now
  where j.id = p_job_id
  returning * into v_job;

  if p_credits is not null then
    perform credit_post_v1(p_transfer_id, v_owner_id, p_credits, v_job.credits, p_job_id, null,
      case when v_to in ('failed', 'cancelled') then v_to else 'job' end, p_now);
  end if;
  perform job_event_append_v1(v_job, p_event,
    case when p_facts ? 'eventCode' then p_facts->>'eventCode' else p_facts->>'errorCode' end, p_now);
  return next v_job;
end $$;
--> statement-breakpoint

-- Erases what a finished job shows of its user: words and pictures. Money, events and numbers stay.
create function job_erase_v1(p_job_id uuid, p_owner_id uuid, p_now timestamptz)
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
    where a.id in (v_job.image_asset_id, v_job.mask_asset_id) and a.erased_at is null
      and not exists (select from jobs other
        where other.owner_id = p_owner_id and other.id <> p_job_id and other.erased_at is null
          and (other.image_asset_id = a.id or other.mask_asset_id = a.id))
    returning object_key, preview_key
  ), gone as (
    select * from erased_result union all select * from erased_assets
  )
  insert into object_erasures (object_key, due_at)
    select object_key, p_now from gone union select preview_key, p_now from gone
    on conflict (object_key) do nothing;
  return 'erased';
end $$;
