CREATE TABLE "provider_rollups" (
	"grain" text NOT NULL,
	"provider" text NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"latency_class" integer NOT NULL,
	"calls" bigint NOT NULL,
	"ill" bigint NOT NULL,
	CONSTRAINT "provider_rollups_grain_provider_bucket_latency_class_pk" PRIMARY KEY("grain","provider","bucket","latency_class")
);
--> statement-breakpoint
CREATE INDEX "provider_rollups_bucket" ON "provider_rollups" USING btree ("grain","bucket");--> statement-breakpoint
CREATE INDEX "steps_delayed" ON "steps" USING btree ("next_attempt_at","id") WHERE "steps"."state" = 'queued' and "steps"."next_attempt_at" is not null;