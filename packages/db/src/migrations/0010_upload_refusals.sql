ALTER TABLE "rate_windows" DROP CONSTRAINT "rate_windows_bucket_known";--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "refusal" text;--> statement-breakpoint
ALTER TABLE "rate_windows" ADD CONSTRAINT "rate_windows_bucket_known" CHECK ("rate_windows"."bucket" in ('creates', 'uploads', 'finishes', 'sign-ins'));--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_refusal_known" CHECK ("uploads"."refusal" in ('IMAGE_UNREADABLE', 'IMAGE_TYPE_UNSUPPORTED', 'IMAGE_TOO_MANY_PIXELS', 'FILE_TOO_LARGE'));--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_refused_or_asset" CHECK ("uploads"."refusal" is null or "uploads"."asset_id" is null);