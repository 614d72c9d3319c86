CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hint" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"subject" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_windows_subject_window_start_pk" PRIMARY KEY("subject","window_start")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"id" text NOT NULL,
	"run_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"text" text NOT NULL,
	"content_hash" text NOT NULL,
	"heading_path" jsonb NOT NULL,
	"first_page" integer NOT NULL,
	"last_page" integer NOT NULL,
	"tokens" integer NOT NULL,
	CONSTRAINT "chunks_run_id_ordinal_pk" PRIMARY KEY("run_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "embeddings" (
	"model" text NOT NULL,
	"content_hash" text NOT NULL,
	"vector" "bytea" NOT NULL,
	"tokens" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "embeddings_model_content_hash_pk" PRIMARY KEY("model","content_hash")
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"run_id" text NOT NULL,
	"page" integer NOT NULL,
	"blocks" jsonb NOT NULL,
	CONSTRAINT "pages_run_id_page_pk" PRIMARY KEY("run_id","page")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text,
	"file_id" text,
	"run_id" text,
	"step_id" text,
	"step" text,
	"attempt_id" text,
	"meter" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"quantity" bigint NOT NULL,
	"price_id" text NOT NULL,
	"nano_usd" bigint NOT NULL,
	"estimated" boolean DEFAULT false NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_not_negative" CHECK ("ledger"."quantity" >= 0 and "ledger"."nano_usd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"id" text PRIMARY KEY NOT NULL,
	"meter" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"unit" text NOT NULL,
	"nano_usd" bigint NOT NULL,
	"per_units" bigint NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"seen_on" text NOT NULL,
	"confidence" text NOT NULL,
	CONSTRAINT "prices_meter_model_from" UNIQUE("meter","provider","model","effective_from"),
	CONSTRAINT "prices_not_negative" CHECK ("prices"."nano_usd" >= 0 and "prices"."per_units" > 0)
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"attempt_id" text NOT NULL,
	"call" integer NOT NULL,
	"meter" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"quantity" bigint NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reservations_state" CHECK ("reservations"."state" in ('open', 'settled', 'released'))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"content_hash" text NOT NULL,
	"bytes" bigint NOT NULL,
	"media_type" text NOT NULL,
	"blob_url" text NOT NULL,
	"status" text NOT NULL,
	"current_run_id" text,
	"latest_run_id" text NOT NULL,
	"run_count" integer DEFAULT 1 NOT NULL,
	"pages" integer,
	"chunk_count" integer,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"failed_step" text,
	"error_code" text,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "files_project_content" UNIQUE("project_id","content_hash"),
	CONSTRAINT "files_status" CHECK ("files"."status" in ('queued', 'running', 'held', 'succeeded', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"step_id" text NOT NULL,
	"dispatch" integer NOT NULL,
	"publish_after" timestamp (3) with time zone NOT NULL,
	"deliver_after" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"message_id" text,
	CONSTRAINT "outbox_step_dispatch" UNIQUE("step_id","dispatch")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"chunk_max_tokens" integer DEFAULT 512 NOT NULL,
	"chunk_overlap_tokens" integer DEFAULT 48 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "projects_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"number" integer NOT NULL,
	"graph_version" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"status" text NOT NULL,
	"trace_id" text NOT NULL,
	"root_span_id" text NOT NULL,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "runs_trace_id_unique" UNIQUE("trace_id"),
	CONSTRAINT "runs_file_number" UNIQUE("file_id","number"),
	CONSTRAINT "runs_status" CHECK ("runs"."status" in ('queued', 'running', 'held', 'succeeded', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "spans" (
	"trace_id" text NOT NULL,
	"span_id" text NOT NULL,
	"parent_span_id" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"start_ns" bigint NOT NULL,
	"end_ns" bigint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"status_message" text,
	"attributes" jsonb NOT NULL,
	"events" jsonb NOT NULL,
	"links" jsonb NOT NULL,
	"file_id" text,
	"run_id" text,
	CONSTRAINT "spans_trace_id_span_id_started_at_pk" PRIMARY KEY("trace_id","span_id","started_at")
) PARTITION BY RANGE ("started_at");
--> statement-breakpoint
CREATE TABLE "spans_default" PARTITION OF "spans" DEFAULT;
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"step_id" text NOT NULL,
	"run_id" text NOT NULL,
	"number" integer NOT NULL,
	"fence" integer NOT NULL,
	"span_id" text NOT NULL,
	"message_id" text NOT NULL,
	"retried" integer NOT NULL,
	"deployment" text NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"error_message" text,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"work_ms" bigint,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "attempts_step_number" UNIQUE("step_id","number"),
	CONSTRAINT "attempts_outcome" CHECK ("attempts"."outcome" in ('running', 'succeeded', 'retry', 'failed', 'held', 'lost'))
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"shard" integer NOT NULL,
	"state" text NOT NULL,
	"input" jsonb NOT NULL,
	"result" jsonb,
	"flow_key" text NOT NULL,
	"dispatch" integer DEFAULT 0 NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer NOT NULL,
	"time_limit_ms" integer NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_expires_at" timestamp (3) with time zone,
	"expected_by" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone,
	"held_reason" text,
	"held_until" timestamp (3) with time zone,
	"error_code" text,
	"error_message" text,
	"dlq_id" text,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"queued_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "steps_run_name_shard" UNIQUE("run_id","name","shard"),
	CONSTRAINT "steps_state" CHECK ("steps"."state" in ('waiting', 'queued', 'running', 'succeeded', 'failed', 'held', 'cancelled')),
	CONSTRAINT "steps_lease_while_running" CHECK (("steps"."state" = 'running') = ("steps"."lease_expires_at" is not null)),
	CONSTRAINT "steps_held_with_reason" CHECK (("steps"."state" = 'held') = ("steps"."held_reason" is not null)),
	CONSTRAINT "steps_attempts_capped" CHECK ("steps"."attempt_count" <= "steps"."max_attempts")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"pathname" text NOT NULL,
	"state" text NOT NULL,
	"file_id" text,
	"run_id" text,
	"trace_id" text,
	"duplicate" text,
	"error_code" text,
	"error_details" jsonb,
	"bytes" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "uploads_pathname_unique" UNIQUE("pathname"),
	CONSTRAINT "uploads_state" CHECK ("uploads"."state" in ('pending', 'accepted', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_price_id_prices_id_fk" FOREIGN KEY ("price_id") REFERENCES "public"."prices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "chunks_id" ON "chunks" USING btree ("id");--> statement-breakpoint
CREATE INDEX "ledger_file" ON "ledger" USING btree ("file_id","at","id");--> statement-breakpoint
CREATE INDEX "ledger_newest" ON "ledger" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reservations_attempt_open" ON "reservations" USING btree ("attempt_id") WHERE "reservations"."state" = 'open';--> statement-breakpoint
CREATE INDEX "files_newest" ON "files" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "files_project_newest" ON "files" USING btree ("project_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "files_status_newest" ON "files" USING btree ("status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "files_project_status_newest" ON "files" USING btree ("project_id","status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "files_name_trigram" ON "files" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "outbox" USING btree ("publish_after") WHERE "outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "runs_unfinished" ON "runs" USING btree ("created_at") WHERE "runs"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "spans_file" ON "spans" USING btree ("file_id","start_ns");--> statement-breakpoint
CREATE INDEX "attempts_run" ON "attempts" USING btree ("run_id","started_at");--> statement-breakpoint
CREATE INDEX "attempts_message" ON "attempts" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "steps_leased" ON "steps" USING btree ("lease_expires_at") WHERE "steps"."state" = 'running';--> statement-breakpoint
CREATE INDEX "steps_expected" ON "steps" USING btree ("expected_by") WHERE "steps"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "steps_held" ON "steps" USING btree ("held_until") WHERE "steps"."state" = 'held';--> statement-breakpoint
CREATE INDEX "uploads_pending" ON "uploads" USING btree ("created_at") WHERE "uploads"."state" = 'pending';