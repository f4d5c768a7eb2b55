-- Counts one call in the owner's present window, unless the window is full: then says how long it lasts.
create function rate_take_v1(
  p_owner_id uuid, p_bucket text, p_limit integer, p_window_ms integer, p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  v_window constant interval := make_interval(secs => p_window_ms / 1000.0);
  v_start constant timestamptz := date_bin(v_window, p_now, timestamptz 'epoch');
  v_calls integer;
begin
  if p_limit > 0 then
    insert into rate_windows as w (owner_id, bucket, window_start, calls)
      values (p_owner_id, p_bucket, v_start, 1)
      on conflict (owner_id, bucket, window_start) do update set calls = w.calls + 1
        where w.calls < p_limit
      returning calls into v_calls;
  end if;
  if v_calls is null then
    return jsonb_build_object('allowed', false, 'retryAfterMs',
      ceil(extract(epoch from v_start + v_window - p_now) * 1000));
  end if;
  if v_calls = 1 then
    -- The first call of a window clears the owner's older ones, so the table stays small by itself.
    delete from rate_windows where owner_id = p_owner_id and bucket = p_bucket and window_start < v_start;
  end if;
  return jsonb_build_object('allowed', true, 'retryAfterMs', 0);
end $$;
