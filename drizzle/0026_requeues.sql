CREATE TABLE "requeue_files" (
	"requeue_id" text NOT NULL,
	"place" integer NOT NULL,
	"file_id" text NOT NULL,
	"planned_run_id" text NOT NULL,
	"planned_round" integer NOT NULL,
	"canary" boolean NOT NULL,
	"outcome" text NOT NULL,
	"skipped" text,
	"run_id" text,
	"round" integer,
	"cost_before_nano_usd" bigint,
	"vectors_before" integer,
	"sent_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "requeue_files_requeue_id_place_pk" PRIMARY KEY("requeue_id","place")
);
--> statement-breakpoint
CREATE TABLE "requeue_plan_files" (
	"plan_id" text NOT NULL,
	"place" integer NOT NULL,
	"file_id" text NOT NULL,
	"run_id" text,
	"round" integer,
	"excluded" text,
	"low_nano_usd" bigint NOT NULL,
	"high_nano_usd" bigint NOT NULL,
	CONSTRAINT "requeue_plan_files_plan_id_place_pk" PRIMARY KEY("plan_id","place"),
	CONSTRAINT "requeue_plan_files_file" UNIQUE("plan_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "requeue_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"key_name" text NOT NULL,
	"request" jsonb NOT NULL,
	"selected" integer NOT NULL,
	"included" integer NOT NULL,
	"facts" jsonb NOT NULL,
	"low_nano_usd" bigint NOT NULL,
	"high_nano_usd" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requeues" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"state" text NOT NULL,
	"paused_from" text,
	"key_id" text NOT NULL,
	"key_name" text NOT NULL,
	"reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"stopped_because" text,
	"total" integer NOT NULL,
	"turn" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"waits" integer DEFAULT 0 NOT NULL,
	"proved_to" integer DEFAULT 0 NOT NULL,
	"proof" jsonb,
	"proved_at" timestamp (3) with time zone,
	CONSTRAINT "requeues_plan_id_unique" UNIQUE("plan_id")
);
--> statement-breakpoint
ALTER TABLE "work_history" ADD COLUMN "p50_ms" integer;--> statement-breakpoint
ALTER TABLE "requeue_files" ADD CONSTRAINT "requeue_files_requeue_id_requeues_id_fk" FOREIGN KEY ("requeue_id") REFERENCES "public"."requeues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requeue_plan_files" ADD CONSTRAINT "requeue_plan_files_plan_id_requeue_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."requeue_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requeue_plans" ADD CONSTRAINT "requeue_plans_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requeues" ADD CONSTRAINT "requeues_plan_id_requeue_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."requeue_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requeues" ADD CONSTRAINT "requeues_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "requeue_files_outcome" ON "requeue_files" USING btree ("requeue_id","outcome","place");--> statement-breakpoint
CREATE INDEX "requeue_files_run" ON "requeue_files" USING btree ("run_id","round");--> statement-breakpoint
CREATE INDEX "requeue_files_open" ON "requeue_files" USING btree ("file_id") WHERE "requeue_files"."outcome" in ('pending', 'sent');--> statement-breakpoint
CREATE INDEX "requeues_newest" ON "requeues" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requeues_unproved" ON "requeues" USING btree ("id") WHERE "requeues"."proved_at" is null;