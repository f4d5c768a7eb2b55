CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"state" text NOT NULL,
	"backend" text NOT NULL,
	"service_version" text NOT NULL,
	"variant" text NOT NULL,
	"graph_hash" text NOT NULL,
	"file_prefix" text NOT NULL,
	"image_name" text NOT NULL,
	"mask_name" text,
	"token_sha256" text NOT NULL,
	"runpod_job_id" text,
	"intent_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"dead_after" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"dead_reason" text,
	"failure_message" text,
	"counts_as_try" boolean DEFAULT true NOT NULL,
	"delay_ms" integer,
	"execution_ms" integer,
	CONSTRAINT "attempts_file_prefix_unique" UNIQUE("file_prefix"),
	CONSTRAINT "attempts_token_sha256_unique" UNIQUE("token_sha256"),
	CONSTRAINT "attempts_runpod_job_id_unique" UNIQUE("runpod_job_id"),
	CONSTRAINT "attempts_id_job" UNIQUE("id","job_id"),
	CONSTRAINT "attempts_state_known" CHECK ("attempts"."state" in ('intent', 'submitted', 'unknown', 'finished', 'dead')),
	CONSTRAINT "attempts_id_when_submitted" CHECK ("attempts"."state" not in ('submitted', 'finished') or "attempts"."runpod_job_id" is not null),
	CONSTRAINT "attempts_reason_when_dead" CHECK (("attempts"."state" = 'dead') = ("attempts"."dead_reason" is not null)),
	CONSTRAINT "attempts_reason_known" CHECK ("attempts"."dead_reason" in ('never-sent', 'refused', 'failed', 'timed-out', 'cancelled', 'gone', 'ttl')),
	CONSTRAINT "attempts_ttl_passed" CHECK ("attempts"."dead_reason" <> 'ttl' or "attempts"."ended_at" >= "attempts"."dead_after"),
	CONSTRAINT "attempts_message_bounded" CHECK (length("attempts"."failure_message") <= 2000),
	CONSTRAINT "attempts_ended" CHECK (("attempts"."state" in ('finished', 'dead')) = ("attempts"."ended_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "results" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"object_key" text NOT NULL,
	"preview_key" text NOT NULL,
	"sha256" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"fidelity" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "results_object_key_unique" UNIQUE("object_key"),
	CONSTRAINT "results_preview_key_unique" UNIQUE("preview_key"),
	CONSTRAINT "results_size_positive" CHECK ("results"."bytes" > 0 and "results"."width" > 0 and "results"."height" > 0)
);
--> statement-breakpoint
CREATE TABLE "auth_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"is_anonymous" boolean DEFAULT false NOT NULL,
	"owner_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_balances" (
	"owner_id" uuid NOT NULL,
	"account" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "credit_balances_owner_id_account_pk" PRIMARY KEY("owner_id","account"),
	CONSTRAINT "credit_balances_account_known" CHECK ("credit_balances"."account" in ('available', 'held', 'debt')),
	CONSTRAINT "credit_balances_not_negative" CHECK ("credit_balances"."amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "credit_transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "credit_transfers_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"debit_account" text NOT NULL,
	"credit_account" text NOT NULL,
	"available_after" bigint NOT NULL,
	"job_id" uuid,
	"payment_id" uuid,
	"external_ref" text,
	"reason" text NOT NULL,
	"author" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "credit_transfers_amount_positive" CHECK ("credit_transfers"."amount" > 0),
	CONSTRAINT "credit_transfers_direction" CHECK (("credit_transfers"."kind", "credit_transfers"."debit_account", "credit_transfers"."credit_account") in (
        ('grant', 'grants', 'available'),
        ('purchase', 'payments', 'available'),
        ('hold', 'available', 'held'),
        ('capture', 'held', 'revenue'),
        ('release', 'held', 'available'),
        ('refund', 'revenue', 'available'),
        ('adjust', 'adjustments', 'available'),
        ('adjust', 'available', 'adjustments'),
        ('expire', 'available', 'expired'))),
	CONSTRAINT "credit_transfers_job_required" CHECK ("credit_transfers"."kind" not in ('hold', 'capture', 'release', 'refund') or "credit_transfers"."job_id" is not null),
	CONSTRAINT "credit_transfers_author_required" CHECK ("credit_transfers"."kind" <> 'adjust' or "credit_transfers"."author" is not null)
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"owner_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"job_id" uuid NOT NULL,
	"response" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_owner_id_request_id_pk" PRIMARY KEY("owner_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "job_events" (
	"owner_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"job_id" uuid NOT NULL,
	"event" text NOT NULL,
	"status" text NOT NULL,
	"stage" text NOT NULL,
	"progress" real,
	"code" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "job_events_owner_id_seq_pk" PRIMARY KEY("owner_id","seq")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"service" text NOT NULL,
	"service_version" text NOT NULL,
	"mode" text NOT NULL,
	"backend" text NOT NULL,
	"status" text NOT NULL,
	"stage" text NOT NULL,
	"progress" real,
	"credits" integer NOT NULL,
	"input" jsonb,
	"prompt_en" text,
	"plan" jsonb NOT NULL,
	"image_asset_id" uuid NOT NULL,
	"mask_asset_id" uuid,
	"retry_of" uuid,
	"cancel_requested_at" timestamp (3) with time zone,
	"error_code" text,
	"last_seq" bigint NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"first_intent_at" timestamp (3) with time zone,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"collect_by" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"wakes" integer DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "jobs_id_owner" UNIQUE("id","owner_id"),
	CONSTRAINT "jobs_status_known" CHECK ("jobs"."status" in ('queued', 'running', 'storing', 'done', 'failed', 'cancelled')),
	CONSTRAINT "jobs_stage_of_status" CHECK (case "jobs"."status"
        when 'queued' then "jobs"."stage" in ('submitting', 'waiting', 'waking')
        when 'running' then "jobs"."stage" = 'drawing'
        else "jobs"."stage" = "jobs"."status" end),
	CONSTRAINT "jobs_error_known" CHECK ("jobs"."error_code" in ('GPU_FAILED', 'GPU_TIMEOUT', 'RESULT_LOST', 'RESULT_UNUSABLE')),
	CONSTRAINT "jobs_tries_not_negative" CHECK ("jobs"."tries" >= 0),
	CONSTRAINT "jobs_lease_whole" CHECK (("jobs"."lease_owner" is null) = ("jobs"."lease_until" is null)),
	CONSTRAINT "jobs_erased_when_terminal" CHECK ("jobs"."erased_at" is null or "jobs"."finished_at" is not null),
	CONSTRAINT "jobs_credits_positive" CHECK ("jobs"."credits" > 0),
	CONSTRAINT "jobs_progress_range" CHECK ("jobs"."progress" is null or "jobs"."progress" between 0 and 1),
	CONSTRAINT "jobs_finished_when_terminal" CHECK (("jobs"."status" in ('done', 'failed', 'cancelled')) = ("jobs"."finished_at" is not null)),
	CONSTRAINT "jobs_error_when_failed" CHECK (("jobs"."status" = 'failed') = ("jobs"."error_code" is not null)),
	CONSTRAINT "jobs_collect_by_when_storing" CHECK ("jobs"."status" <> 'storing' or "jobs"."collect_by" is not null),
	CONSTRAINT "jobs_input_until_erased" CHECK (("jobs"."erased_at" is null) = ("jobs"."input" is not null) and ("jobs"."erased_at" is null) = ("jobs"."prompt_en" is not null))
);
--> statement-breakpoint
CREATE TABLE "guest_grants" (
	"address" text NOT NULL,
	"hour_start" timestamp (3) with time zone NOT NULL,
	"granted" integer NOT NULL,
	CONSTRAINT "guest_grants_address_hour_start_pk" PRIMARY KEY("address","hour_start"),
	CONSTRAINT "guest_grants_not_negative" CHECK ("guest_grants"."granted" >= 0)
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"last_seq" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "owners_kind_known" CHECK ("owners"."kind" in ('guest', 'member')),
	CONSTRAINT "owners_last_seq_not_negative" CHECK ("owners"."last_seq" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"owner_id" uuid NOT NULL,
	"bucket" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"calls" integer NOT NULL,
	CONSTRAINT "rate_windows_owner_id_bucket_window_start_pk" PRIMARY KEY("owner_id","bucket","window_start"),
	CONSTRAINT "rate_windows_bucket_known" CHECK ("rate_windows"."bucket" in ('creates', 'uploads')),
	CONSTRAINT "rate_windows_calls_positive" CHECK ("rate_windows"."calls" > 0)
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"content_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"object_key" text NOT NULL,
	"preview_key" text NOT NULL,
	"mask_bounds" jsonb,
	"mask_coverage" real,
	"created_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "assets_object_key_unique" UNIQUE("object_key"),
	CONSTRAINT "assets_preview_key_unique" UNIQUE("preview_key"),
	CONSTRAINT "assets_id_owner" UNIQUE("id","owner_id"),
	CONSTRAINT "assets_kind_known" CHECK ("assets"."kind" in ('image', 'mask')),
	CONSTRAINT "assets_size_positive" CHECK ("assets"."width" > 0 and "assets"."height" > 0 and "assets"."bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "object_erasures" (
	"object_key" text PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content_type" text NOT NULL,
	"declared_bytes" bigint NOT NULL,
	"object_key" text NOT NULL,
	"stored_at" timestamp (3) with time zone,
	"stored_bytes" bigint,
	"asset_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "uploads_object_key_unique" UNIQUE("object_key"),
	CONSTRAINT "uploads_kind_known" CHECK ("uploads"."kind" in ('image', 'mask')),
	CONSTRAINT "uploads_bytes_positive" CHECK ("uploads"."declared_bytes" > 0)
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_attempt_of_job" FOREIGN KEY ("attempt_id","job_id") REFERENCES "public"."attempts"("id","job_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_balances" ADD CONSTRAINT "credit_balances_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_job_of_owner" FOREIGN KEY ("job_id","owner_id") REFERENCES "public"."jobs"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_job_of_owner" FOREIGN KEY ("job_id","owner_id") REFERENCES "public"."jobs"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_events" ADD CONSTRAINT "job_events_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_events" ADD CONSTRAINT "job_events_job_of_owner" FOREIGN KEY ("job_id","owner_id") REFERENCES "public"."jobs"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_image_of_owner" FOREIGN KEY ("image_asset_id","owner_id") REFERENCES "public"."assets"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_mask_of_owner" FOREIGN KEY ("mask_asset_id","owner_id") REFERENCES "public"."assets"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_retry_of_owner" FOREIGN KEY ("retry_of","owner_id") REFERENCES "public"."jobs"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_job_n" ON "attempts" USING btree ("job_id","n");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_live" ON "attempts" USING btree ("job_id") WHERE state in ('intent', 'submitted', 'unknown');--> statement-breakpoint
CREATE INDEX "attempts_live_backend_idx" ON "attempts" USING btree ("backend") WHERE state in ('intent', 'submitted', 'unknown');--> statement-breakpoint
CREATE INDEX "auth_accounts_user_idx" ON "auth_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "users_owner_idx" ON "users" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_hold" ON "credit_transfers" USING btree ("job_id") WHERE kind = 'hold';--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_settlement" ON "credit_transfers" USING btree ("job_id") WHERE kind in ('capture', 'release');--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_external_ref" ON "credit_transfers" USING btree ("external_ref");--> statement-breakpoint
CREATE INDEX "credit_transfers_owner_idx" ON "credit_transfers" USING btree ("owner_id","ordinal");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age_idx" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "idempotency_keys_one_per_job" ON "idempotency_keys" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "job_events_job_idx" ON "job_events" USING btree ("job_id","seq");--> statement-breakpoint
CREATE INDEX "jobs_due_idx" ON "jobs" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "jobs_queue_idx" ON "jobs" USING btree ("backend","created_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "jobs_owner_idx" ON "jobs" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "assets_owner_idx" ON "assets" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "uploads_open_idx" ON "uploads" USING btree ("expires_at") WHERE asset_id is null;