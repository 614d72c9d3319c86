CREATE TABLE "step_durations" (
	"step" text PRIMARY KEY NOT NULL,
	"p99_ms" integer NOT NULL,
	"samples" integer NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "attempts_succeeded" ON "attempts" USING btree ("finished_at" DESC NULLS LAST) WHERE "attempts"."outcome" = 'succeeded';--> statement-breakpoint
CREATE INDEX "steps_unfinished" ON "steps" USING btree ("queued_at","id") WHERE "steps"."state" in ('queued', 'running', 'held');