CREATE TABLE "collect_troubles" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "collect_troubles_happened" CHECK ("collect_troubles"."failures" > 0 and "collect_troubles"."last_at" >= "collect_troubles"."first_at"),
	CONSTRAINT "collect_troubles_message_bounded" CHECK (length("collect_troubles"."message") <= 500)
);
--> statement-breakpoint
CREATE TABLE "gpu_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"backend" text NOT NULL,
	"operation" text NOT NULL,
	"cause" text NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"occurrences" integer NOT NULL,
	"attempt_ids" uuid[] NOT NULL,
	"exchange" jsonb NOT NULL,
	CONSTRAINT "gpu_incidents_operation_known" CHECK ("gpu_incidents"."operation" in ('submit', 'report', 'cancel', 'health', 'upload', 'download', 'follow')),
	CONSTRAINT "gpu_incidents_cause_is_a_code" CHECK ("gpu_incidents"."cause" ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
	CONSTRAINT "gpu_incidents_occurred" CHECK ("gpu_incidents"."occurrences" > 0 and "gpu_incidents"."last_at" >= "gpu_incidents"."first_at"),
	CONSTRAINT "gpu_incidents_attempts_bounded" CHECK (cardinality("gpu_incidents"."attempt_ids") <= 50),
	CONSTRAINT "gpu_incidents_exchange_bounded" CHECK (octet_length("gpu_incidents"."exchange"::text) <= 131072 and jsonb_typeof("gpu_incidents"."exchange") = 'object')
);
--> statement-breakpoint
CREATE TABLE "job_sightings" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action" text NOT NULL,
	"job_id" uuid NOT NULL,
	"author" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operator_actions_action_known" CHECK ("operator_actions"."action" in ('reconcile', 'retry', 'cancel', 'extend', 'replay')),
	CONSTRAINT "operator_actions_words_bounded" CHECK (length("operator_actions"."author") between 1 and 100 and length("operator_actions"."reason") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "collect_troubles" ADD CONSTRAINT "collect_troubles_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_sightings" ADD CONSTRAINT "job_sightings_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_actions" ADD CONSTRAINT "operator_actions_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "gpu_incidents_once_a_minute" ON "gpu_incidents" USING btree ("minute","backend","operation","cause");--> statement-breakpoint
CREATE INDEX "gpu_incidents_attempts_idx" ON "gpu_incidents" USING gin ("attempt_ids");--> statement-breakpoint
CREATE INDEX "gpu_incidents_last_idx" ON "gpu_incidents" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "operator_actions_job_idx" ON "operator_actions" USING btree ("job_id","at");--> statement-breakpoint
CREATE INDEX "jobs_created_idx" ON "jobs" USING brin ("created_at");--> statement-breakpoint

create trigger operator_actions_append_only before update or delete or truncate on operator_actions
  for each statement execute function refuse_change_v1();
--> statement-breakpoint
create trigger job_sightings_append_only before update or delete or truncate on job_sightings
  for each statement execute function refuse_change_v1();
--> statement-breakpoint

-- What went wrong with a picture is of no use once the picture is gone.
create function jobs_erased_trouble_v1() returns trigger language plpgsql as $$
begin
  delete from collect_troubles where job_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger jobs_erased_trouble after update of erased_at on jobs for each row
  when (old.erased_at is null and new.erased_at is not null)
  execute function jobs_erased_trouble_v1();
