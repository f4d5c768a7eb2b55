-- The driver's: attempts, leases, doorbells.

-- Writes the intent to send, if a slot is free and the job is ready. Whoever gets "intended" may send it, once.
create function attempt_intend_v1(
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
    file_prefix, image_name, mask_name, token_sha256, intent_at, dead_after)
  values (v_asked.id, v_job.id, v_n, 'intent', v_job.backend, v_job.service_version, v_asked.variant,
    v_asked.graph_hash, v_asked.file_prefix, v_asked.image_name, v_asked.mask_name,
    v_asked.token_sha256, p_now, v_asked.dead_after);

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

-- Moves an attempt alone: its job may have ended. With p_set_due the job's due_at is set too (null = nobody need look).
create function attempt_apply_v1(
  p_attempt_id uuid, p_from text[], p_to text, p_patch jsonb, p_set_due boolean,
  p_job_due_at timestamptz, p_now timestamptz
) returns boolean language plpgsql as $$
declare
  v_job_id uuid;
begin
  select job_id into v_job_id from attempts where id = p_attempt_id;
  if not found then
    return false;
  end if;
  perform from jobs where id = v_job_id for no key update;
  if not attempt_move_v1(p_attempt_id, v_job_id, p_from, p_to, p_patch, p_now) then
    return false;
  end if;
  if p_set_due then
    update jobs set due_at = p_job_due_at where id = v_job_id;
  end if;
  return true;
end $$;
--> statement-breakpoint

-- Takes leases on due jobs, oldest first. Writes lease columns only and skips whatever somebody holds.
create function jobs_claim_due_v1(
  p_limit integer, p_lease_owner text, p_lease_ms integer, p_now timestamptz
) returns table (claimed_id uuid, claimed_wakes integer) language sql as $$
  with due as (
    select id from jobs
    where due_at <= p_now and (lease_until is null or lease_until <= p_now)
    order by created_at, id
    limit p_limit
    for no key update skip locked
  ), claimed as (
    update jobs j set
      lease_owner = p_lease_owner,
      lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
    from due where j.id = due.id
    returning j.id, j.wakes, j.created_at
  )
  select id, wakes from claimed order by created_at, id
$$;
--> statement-breakpoint

-- The same for one job that was just made or woken: still only when due and free.
create function job_claim_v1(
  p_job_id uuid, p_lease_owner text, p_lease_ms integer, p_now timestamptz
) returns table (claimed_id uuid, claimed_wakes integer) language sql as $$
  with due as (
    select id from jobs
    where id = p_job_id and due_at <= p_now and (lease_until is null or lease_until <= p_now)
    for no key update skip locked
  )
  update jobs j set
    lease_owner = p_lease_owner,
    lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
  from due where j.id = due.id
  returning j.id, j.wakes
$$;
--> statement-breakpoint

-- False: somebody else has taken the job; stop working on it.
create function job_lease_renew_v1(
  p_job_id uuid, p_lease_owner text, p_lease_ms integer, p_now timestamptz
) returns boolean language sql as $$
  with renewed as (
    update jobs set lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
    where id = p_job_id and lease_owner = p_lease_owner
    returning 1
  )
  select exists (select from renewed)
$$;
--> statement-breakpoint

-- Ends our lease. A doorbell that rang meanwhile makes the job due at once.
create function job_schedule_v1(
  p_job_id uuid, p_lease_owner text, p_wakes_seen integer, p_due_at timestamptz, p_now timestamptz
) returns void language sql as $$
  update jobs set
    lease_owner = null,
    lease_until = null,
    due_at = case when wakes <> p_wakes_seen then p_now else p_due_at end
  where id = p_job_id and lease_owner = p_lease_owner
$$;
--> statement-breakpoint

create function job_wake_v1(p_job_id uuid, p_now timestamptz) returns void language sql as $$
  update jobs set due_at = p_now, wakes = wakes + 1 where id = p_job_id
$$;
--> statement-breakpoint

-- The doorbell of a webhook. A token of an attempt that has ended rings nothing.
create function attempt_wake_v1(p_token_sha256 text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_attempt attempts;
begin
  select * into v_attempt from attempts where token_sha256 = p_token_sha256;
  if not found then
    return null;
  end if;
  if v_attempt.state in ('intent', 'submitted', 'unknown') then
    perform job_wake_v1(v_attempt.job_id, p_now);
  end if;
  return jsonb_build_object('jobId', v_attempt.job_id, 'attemptId', v_attempt.id,
    'hasRunpodJobId', v_attempt.runpod_job_id is not null);
end $$;
