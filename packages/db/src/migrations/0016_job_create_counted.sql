-- As v2, and counted among the owner's creations first: a click is one statement, not two. A repeat of a
-- request is not counted.
create function job_create_v3(
  p_job jsonb, p_extra_asset_ids uuid[], p_request_id uuid, p_request_hash text,
  p_transfer_id uuid, p_response jsonb, p_rate_limit integer, p_rate_window_ms integer,
  p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  v_owner_id constant uuid := (p_job->>'owner_id')::uuid;
  v_rate jsonb;
begin
  -- The lock comes first: of two calls with one request id the later one sees what the first has kept.
  perform from owners where id = v_owner_id for no key update;
  if not exists (select from idempotency_keys
    where owner_id = v_owner_id and request_id = p_request_id)
  then
    v_rate := rate_take_v1(v_owner_id, 'creates', p_rate_limit, p_rate_window_ms, p_now);
    if not (v_rate->>'allowed')::boolean then
      return jsonb_build_object('outcome', 'rate-limited', 'retryAfterMs', v_rate->'retryAfterMs');
    end if;
  end if;
  return job_create_v2(p_job, p_extra_asset_ids, p_request_id, p_request_hash, p_transfer_id,
    p_response, p_now);
end $$;
