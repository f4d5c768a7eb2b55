-- Leases and wake-ups change only what the guard leaves open, several times per job: it need not look at them.
drop trigger jobs_guard on jobs;
--> statement-breakpoint
create trigger jobs_guard before insert or update of
    id, owner_id, service, service_version, mode, backend, status, stage, progress, credits, input,
    prompt_en, plan, image_asset_id, mask_asset_id, retry_of, error_code, last_seq, tries,
    first_intent_at, deadline_at, collect_by, cancel_requested_at, created_at, updated_at, started_at,
    finished_at, erased_at
  on jobs for each row execute function jobs_guard_v1();
