ALTER TABLE "attempts" ADD COLUMN "waited_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "waited_for" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "retry_at" timestamp (3) with time zone;