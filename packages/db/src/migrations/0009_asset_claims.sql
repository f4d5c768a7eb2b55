ALTER TABLE "assets" ADD COLUMN "claim_by" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "assets_claim_idx" ON "assets" USING btree ("claim_by") WHERE claim_by is not null;--> statement-breakpoint
-- Pictures of before: the first sweep finds out which of them a job names.
UPDATE "assets" SET "claim_by" = "created_at" + interval '24 hours' WHERE "erased_at" IS NULL;
