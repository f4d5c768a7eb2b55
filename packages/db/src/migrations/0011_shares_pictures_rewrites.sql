CREATE TABLE "job_pictures" (
	"job_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"asset_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	CONSTRAINT "job_pictures_job_id_n_pk" PRIMARY KEY("job_id","n"),
	CONSTRAINT "job_pictures_after_first" CHECK ("job_pictures"."n" >= 2)
);
--> statement-breakpoint
CREATE TABLE "prompt_rewrites" (
	"key" text PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"prompt_en" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_rewrites_expire_later" CHECK ("prompt_rewrites"."expires_at" > "prompt_rewrites"."asked_at")
);
--> statement-breakpoint
CREATE TABLE "service_shares" (
	"service_version" text PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"basis_points" integer NOT NULL,
	"note" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "service_shares_range" CHECK ("service_shares"."basis_points" between 0 and 10000),
	CONSTRAINT "service_shares_of_service" CHECK (starts_with("service_shares"."service_version", "service_shares"."service" || '@'))
);
--> statement-breakpoint
ALTER TABLE "rate_windows" DROP CONSTRAINT "rate_windows_bucket_known";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "extra_image_names" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "job_pictures" ADD CONSTRAINT "job_pictures_job_of_owner" FOREIGN KEY ("job_id","owner_id") REFERENCES "public"."jobs"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_pictures" ADD CONSTRAINT "job_pictures_asset_of_owner" FOREIGN KEY ("asset_id","owner_id") REFERENCES "public"."assets"("id","owner_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_rewrites" ADD CONSTRAINT "prompt_rewrites_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_pictures_asset_idx" ON "job_pictures" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "prompt_rewrites_age_idx" ON "prompt_rewrites" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "rate_windows" ADD CONSTRAINT "rate_windows_bucket_known" CHECK ("rate_windows"."bucket" in ('creates', 'uploads', 'finishes', 'sign-ins', 'rewrites'));