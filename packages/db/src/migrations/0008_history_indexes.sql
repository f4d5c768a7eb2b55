CREATE INDEX "attempts_finished_idx" ON "attempts" USING btree ("backend","service_version","ended_at" DESC NULLS LAST) WHERE state = 'finished';--> statement-breakpoint
CREATE INDEX "credit_transfers_job_idx" ON "credit_transfers" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "jobs_owner_seq_idx" ON "jobs" USING btree ("owner_id","last_seq");