DROP INDEX "jobs_due_idx";--> statement-breakpoint
CREATE INDEX "jobs_claim_idx" ON "jobs" USING btree ("created_at","id","due_at") WHERE due_at is not null;