import type { Invariant } from "./invariant.ts";

/** The triggers that refuse it stand and are enabled, and nothing happened to a job after its end. */
export const historyIsNeverRewritten: Invariant = {
  number: 5,
  title: "ended jobs and history stay as they are",
  async find(sql) {
    return sql`
      with guards (table_name, trigger_name) as (values
        ('jobs', 'jobs_guard'), ('jobs', 'jobs_no_delete'), ('jobs', 'jobs_settled'), ('jobs', 'jobs_erased'),
        ('jobs', 'jobs_erased_trouble'), ('job_sightings', 'job_sightings_append_only'),
        ('operator_actions', 'operator_actions_append_only'),
        ('attempts', 'attempts_guard'), ('attempts', 'attempts_no_delete'),
        ('results', 'results_guard'), ('results', 'results_no_delete'), ('results', 'results_of_done_job'),
        ('credit_transfers', 'credit_transfers_append_only'),
        ('credit_transfers', 'credit_transfers_settle_ended_job'),
        ('job_events', 'job_events_append_only'),
        ('job_pictures', 'job_pictures_append_only'), ('assets', 'assets_guard'))
      select 'guard missing or disabled' as problem, table_name, trigger_name,
        null::uuid as job_id, null::bigint as seq
      from guards
      where not exists (select from pg_trigger t
        where t.tgrelid = to_regclass(table_name) and t.tgname = trigger_name and t.tgenabled in ('O', 'A'))
      union all
      select 'event after the end', null, null, later.job_id, later.seq
      from job_events ended join job_events later on later.job_id = ended.job_id and later.seq > ended.seq
      where ended.status in ('done', 'failed', 'cancelled')`;
  },
};
