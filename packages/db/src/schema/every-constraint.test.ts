import postgres from "postgres";
import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { fillEveryTable } from "../testing/fill-every-table.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";

// Every constraint of the schema with a statement that it alone refuses, the triggers being off. One
// that is dropped fails its row; one that is added fails the last test until it has a row here.

let sql: Sql;
testWorld({}, async (parts) => {
  ({ sql } = parts);
  await fillEveryTable(parts);
});

type Tried = readonly [constraint: string, table: string, statement: string];

const NOBODY = "00000000-0000-4000-8000-ffffffffffff";

/** What makes a copy of a table's row differ from it wherever it must. */
const FRESH: Record<string, Record<string, string | number>> = {
  attempts: { id: NOBODY, n: 9, file_prefix: "x", token_sha256: "x", runpod_job_id: "x" },
  results: { job_id: NOBODY, object_key: "x", preview_key: "x" },
  assets: { id: NOBODY, object_key: "x", preview_key: "x" },
  uploads: { id: NOBODY, object_key: "x" },
  users: { id: NOBODY, email: "x" },
  sessions: { id: NOBODY, token: "x" },
  credit_transfers: { id: NOBODY, external_ref: "x" },
  idempotency_keys: { request_id: NOBODY, job_id: NOBODY },
  job_events: { seq: 99 },
  job_pictures: { n: 9 },
  prompt_rewrites: { key: "x" },
  gpu_incidents: { id: NOBODY, cause: "x" },
  job_sightings: { job_id: NOBODY },
  collect_troubles: { job_id: NOBODY },
  operator_actions: { id: NOBODY },
  jobs: { id: NOBODY },
  auth_accounts: { id: NOBODY },
};

function quoted(values: Record<string, string | number>): string {
  return JSON.stringify(values);
}

/** A copy of a row, all that must differ differing, except for `same`. */
function copied(constraint: string, table: string, same: readonly string[]): Tried {
  const kept = Object.entries(FRESH[table] ?? {}).filter(([column]) => !same.includes(column));
  const fresh = quoted(Object.fromEntries(kept));
  return [constraint, table, copyStatement(table, fresh)];
}

/** A copy that points at something that is not there. */
function dangling(constraint: string, table: string, column: string): Tried {
  const fresh = quoted({ ...FRESH[table], [column]: "00000000-0000-4000-8000-eeeeeeeeeeee" });
  return [constraint, table, copyStatement(table, fresh)];
}

function copyStatement(table: string, fresh: string): string {
  return `insert into ${table} overriding system value
    select (jsonb_populate_record(t, '${fresh}')).* from ${table} t limit 1`;
}

const changed = (constraint: string, table: string, change: string): Tried => [
  constraint,
  table,
  `update ${table} set ${change}`,
];

const CHECKS: readonly Tried[] = [
  changed("attempts_ended", "attempts", "ended_at = null"),
  changed("attempts_id_when_submitted", "attempts", "runpod_job_id = null"),
  changed("attempts_message_bounded", "attempts", "failure_message = repeat('x', 2001)"),
  changed("attempts_reason_known", "attempts", "state = 'dead', dead_reason = 'bored'"),
  changed("attempts_reason_when_dead", "attempts", "dead_reason = 'gone'"),
  changed("attempts_state_known", "attempts", "state = 'lost', ended_at = null"),
  changed(
    "attempts_ttl_passed",
    "attempts",
    "state = 'dead', dead_reason = 'ttl', ended_at = dead_after - interval '1 ms'",
  ),
  changed("results_size_positive", "results", "bytes = 0"),
  changed("results_size_positive", "results", "width = 0"),
  changed("results_size_positive", "results", "height = 0"),
  changed("assets_kind_known", "assets", "kind = 'film'"),
  changed("assets_size_positive", "assets", "width = 0"),
  changed("assets_size_positive", "assets", "height = 0"),
  changed("assets_size_positive", "assets", "bytes = 0"),
  changed("uploads_kind_known", "uploads", "kind = 'film'"),
  changed("uploads_bytes_positive", "uploads", "declared_bytes = 0"),
  changed("uploads_refusal_known", "uploads", "refusal = 'TOO_UGLY'"),
  changed(
    "uploads_refused_or_asset",
    "uploads",
    "refusal = 'FILE_TOO_LARGE', asset_id = (select id from assets limit 1)",
  ),
  changed("owners_kind_known", "owners", "kind = 'robot'"),
  changed("owners_last_seq_not_negative", "owners", "last_seq = -1"),
  changed("guest_grants_not_negative", "guest_grants", "granted = -1"),
  changed("rate_windows_bucket_known", "rate_windows", "bucket = 'looks'"),
  changed("rate_windows_calls_positive", "rate_windows", "calls = 0"),
  changed("credit_balances_account_known", "credit_balances", "account = 'gold'"),
  changed("credit_balances_not_negative", "credit_balances", "amount = -1"),
  changed("credit_transfers_amount_positive", "credit_transfers", "amount = 0"),
  changed(
    "credit_transfers_author_required",
    "credit_transfers",
    "kind = 'adjust', debit_account = 'adjustments', credit_account = 'available'",
  ),
  changed("credit_transfers_direction", "credit_transfers", "kind = 'present'"),
  changed("credit_transfers_job_required", "credit_transfers", "job_id = null"),
  changed(
    "jobs_collect_by_when_storing",
    "jobs",
    "status = 'storing', stage = 'storing', finished_at = null, collect_by = null",
  ),
  changed("jobs_credits_positive", "jobs", "credits = 0"),
  changed(
    "jobs_erased_when_terminal",
    "jobs",
    "status = 'queued', stage = 'waiting', finished_at = null, erased_at = now(), input = null, prompt_en = null",
  ),
  changed("jobs_error_known", "jobs", "status = 'failed', stage = 'failed', error_code = 'OOPS'"),
  changed("jobs_error_when_failed", "jobs", "error_code = 'GPU_FAILED'"),
  changed("jobs_finished_when_terminal", "jobs", "finished_at = null"),
  changed("jobs_input_until_erased", "jobs", "prompt_en = null"),
  changed("jobs_lease_whole", "jobs", "lease_owner = 'driver'"),
  changed("jobs_progress_range", "jobs", "progress = 1.5"),
  changed("jobs_stage_of_status", "jobs", "stage = 'drawing'"),
  changed("jobs_status_known", "jobs", "status = 'lost', stage = 'lost', finished_at = null"),
  changed("jobs_tries_not_negative", "jobs", "tries = -1"),
  changed("job_pictures_after_first", "job_pictures", "n = 1"),
  changed("prompt_rewrites_expire_later", "prompt_rewrites", "expires_at = asked_at"),
  changed("collect_troubles_happened", "collect_troubles", "failures = 0"),
  changed("collect_troubles_happened", "collect_troubles", "last_at = first_at - interval '1 ms'"),
  changed("collect_troubles_message_bounded", "collect_troubles", "message = repeat('x', 501)"),
  changed(
    "gpu_incidents_attempts_bounded",
    "gpu_incidents",
    `attempt_ids = array_fill('${NOBODY}'::uuid, array[51])`,
  ),
  changed("gpu_incidents_cause_is_a_code", "gpu_incidents", "cause = 'the key was rpa_1'"),
  changed("gpu_incidents_exchange_bounded", "gpu_incidents", "exchange = '[]'"),
  changed(
    "gpu_incidents_exchange_bounded",
    "gpu_incidents",
    "exchange = jsonb_build_object('body', repeat('x', 131072))",
  ),
  changed("gpu_incidents_occurred", "gpu_incidents", "occurrences = 0"),
  changed("gpu_incidents_occurred", "gpu_incidents", "last_at = first_at - interval '1 ms'"),
  changed("gpu_incidents_operation_known", "gpu_incidents", "operation = 'dance'"),
  changed("operator_actions_action_known", "operator_actions", "action = 'refund'"),
  changed("operator_actions_words_bounded", "operator_actions", "author = ''"),
  changed("operator_actions_words_bounded", "operator_actions", "author = repeat('x', 101)"),
  changed("operator_actions_words_bounded", "operator_actions", "reason = ''"),
  changed("operator_actions_words_bounded", "operator_actions", "reason = repeat('x', 501)"),
  changed("service_shares_of_service", "service_shares", "service_version = 'retouch@1'"),
  changed("service_shares_range", "service_shares", "basis_points = -1"),
  changed("service_shares_range", "service_shares", "basis_points = 10001"),
];

const KEYS: readonly Tried[] = [
  copied("assets_object_key_unique", "assets", ["object_key"]),
  copied("assets_pkey", "assets", ["id"]),
  copied("assets_preview_key_unique", "assets", ["preview_key"]),
  copied("attempts_file_prefix_unique", "attempts", ["file_prefix"]),
  copied("attempts_pkey", "attempts", ["id"]),
  copied("attempts_runpod_job_id_unique", "attempts", ["runpod_job_id"]),
  copied("attempts_token_sha256_unique", "attempts", ["token_sha256"]),
  copied("auth_accounts_pkey", "auth_accounts", ["id"]),
  copied("collect_troubles_pkey", "collect_troubles", ["job_id"]),
  copied("credit_balances_owner_id_account_pk", "credit_balances", []),
  copied("credit_transfers_pkey", "credit_transfers", ["id"]),
  copied("gpu_incidents_pkey", "gpu_incidents", ["id"]),
  copied("guest_grants_address_hour_start_pk", "guest_grants", []),
  copied("idempotency_keys_owner_id_request_id_pk", "idempotency_keys", ["request_id"]),
  copied("job_events_owner_id_seq_pk", "job_events", ["seq"]),
  copied("job_pictures_job_id_n_pk", "job_pictures", ["n"]),
  copied("job_sightings_pkey", "job_sightings", ["job_id"]),
  copied("operator_actions_pkey", "operator_actions", ["id"]),
  copied("jobs_pkey", "jobs", ["id"]),
  copied("object_erasures_pkey", "object_erasures", []),
  copied("owners_pkey", "owners", []),
  copied("prompt_rewrites_pkey", "prompt_rewrites", ["key"]),
  copied("rate_windows_owner_id_bucket_window_start_pk", "rate_windows", []),
  copied("results_object_key_unique", "results", ["object_key"]),
  copied("results_pkey", "results", ["job_id"]),
  copied("results_preview_key_unique", "results", ["preview_key"]),
  copied("service_shares_pkey", "service_shares", []),
  copied("sessions_pkey", "sessions", ["id"]),
  copied("sessions_token_unique", "sessions", ["token"]),
  copied("uploads_object_key_unique", "uploads", ["object_key"]),
  copied("uploads_pkey", "uploads", ["id"]),
  copied("users_email_unique", "users", ["email"]),
  copied("users_pkey", "users", ["id"]),
  copied("verifications_pkey", "verifications", []),
  copied("watches_pkey", "watches", []),
];

const REFERENCES: readonly Tried[] = [
  dangling("assets_owner_id_owners_id_fk", "assets", "owner_id"),
  dangling("attempts_job_id_jobs_id_fk", "attempts", "job_id"),
  dangling("auth_accounts_user_id_users_id_fk", "auth_accounts", "user_id"),
  dangling("collect_troubles_job_id_jobs_id_fk", "collect_troubles", "job_id"),
  dangling("credit_balances_owner_id_owners_id_fk", "credit_balances", "owner_id"),
  dangling("credit_transfers_job_of_owner", "credit_transfers", "job_id"),
  dangling("credit_transfers_owner_id_owners_id_fk", "credit_transfers", "owner_id"),
  dangling("idempotency_keys_job_of_owner", "idempotency_keys", "job_id"),
  dangling("idempotency_keys_owner_id_owners_id_fk", "idempotency_keys", "owner_id"),
  dangling("job_events_job_of_owner", "job_events", "job_id"),
  dangling("job_events_owner_id_owners_id_fk", "job_events", "owner_id"),
  dangling("job_pictures_asset_of_owner", "job_pictures", "asset_id"),
  changed("job_pictures_job_of_owner", "job_pictures", `job_id = '${NOBODY}'`),
  dangling("job_sightings_job_id_jobs_id_fk", "job_sightings", "job_id"),
  dangling("operator_actions_job_id_jobs_id_fk", "operator_actions", "job_id"),
  dangling("jobs_image_of_owner", "jobs", "image_asset_id"),
  dangling("jobs_mask_of_owner", "jobs", "mask_asset_id"),
  dangling("jobs_owner_id_owners_id_fk", "jobs", "owner_id"),
  dangling("jobs_retry_of_owner", "jobs", "retry_of"),
  changed("results_attempt_of_job", "results", `attempt_id = '${NOBODY}'`),
  dangling("prompt_rewrites_owner_id_owners_id_fk", "prompt_rewrites", "owner_id"),
  dangling("results_job_id_jobs_id_fk", "results", "job_id"),
  dangling("sessions_user_id_users_id_fk", "sessions", "user_id"),
  dangling("uploads_asset_id_assets_id_fk", "uploads", "asset_id"),
  dangling("uploads_owner_id_owners_id_fk", "uploads", "owner_id"),
  dangling("users_owner_id_owners_id_fk", "users", "owner_id"),
];

/** Keys that add nothing to the primary key but a target for a reference that names the owner too. */
const TARGETS = ["assets_id_owner", "attempts_id_job", "jobs_id_owner"];

test.each([...CHECKS, ...KEYS, ...REFERENCES])(
  "%s of %s refuses",
  async (constraint, table, statement) => {
    const accepted = new Error("the database accepted it");
    const attempt = sql.begin(async (tx) => {
      await tx.unsafe(`alter table ${table} disable trigger user`);
      const [row] = await tx.unsafe(`select count(*)::int as n from ${table}`);
      expect(row?.["n"]).toBeGreaterThan(0);
      await tx.unsafe(statement);
      throw accepted;
    });
    expect(await refusal(attempt)).toBe(constraint);
  },
);

test.each(TARGETS)("%s cannot be dropped: a reference stands on it", async (constraint) => {
  const table = constraint.slice(0, constraint.indexOf("_"));
  const dropping = sql.begin(async (tx) => {
    await tx.unsafe(`alter table ${table} drop constraint ${constraint}`);
    throw new Error("it was dropped");
  });
  const error: unknown = await dropping.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(postgres.PostgresError);
  expect(error).toMatchObject({ code: "2BP01" });
});

test("every constraint of the schema is tried here", async () => {
  const rows = await sql`
    select conname from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')`;
  const tried = [...CHECKS, ...KEYS, ...REFERENCES].map(([constraint]) => constraint);
  const known = new Set([...tried, ...TARGETS]);
  expect(rows.map((row) => String(row["conname"])).toSorted()).toEqual([...known].toSorted());
});
