-- A server of before erases a job without its further pictures. They become due for the sweep, which
-- erases what no job shows; what the erasing function takes with it is only looked at once more.
create function jobs_erased_v1() returns trigger language plpgsql as $$
begin
  update assets a set claim_by = new.erased_at
  from job_pictures p
  where p.job_id = new.id and a.id = p.asset_id and a.erased_at is null;
  return null;
end $$;
--> statement-breakpoint
create trigger jobs_erased after update of erased_at on jobs for each row
  when (old.erased_at is null and new.erased_at is not null)
  execute function jobs_erased_v1();
--> statement-breakpoint

-- Those that were left behind until now.
update assets a set claim_by = j.erased_at
from job_pictures p join jobs j on j.id = p.job_id
where a.id = p.asset_id and a.erased_at is null and j.erased_at is not null;
