CREATE TABLE "failure_fingerprints" (
	"version" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"group_id" text NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "failure_fingerprints_version_fingerprint_pk" PRIMARY KEY("version","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "failure_group_files" (
	"group_id" text NOT NULL,
	"file_id" text NOT NULL,
	"times" integer NOT NULL,
	"standing" boolean NOT NULL,
	"last_failed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "failure_group_files_group_id_file_id_pk" PRIMARY KEY("group_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "failure_group_hours" (
	"group_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"failures" integer NOT NULL,
	CONSTRAINT "failure_group_hours_group_id_hour_pk" PRIMARY KEY("group_id","hour")
);
--> statement-breakpoint
CREATE TABLE "failure_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"step" text NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"provider" text,
	"status" integer,
	"failures" integer DEFAULT 0 NOT NULL,
	"files" integer DEFAULT 0 NOT NULL,
	"standing" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"wasted_nano_usd" bigint DEFAULT 0 NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"graph_versions" integer[] DEFAULT '{}' NOT NULL,
	"deployments" text[] DEFAULT '{}' NOT NULL,
	"assignee_key_id" text,
	"ignored_until" timestamp (3) with time zone,
	"ignored_to_failures" integer,
	"resolved_in" text,
	"regressed_in" text,
	CONSTRAINT "failure_groups_state" CHECK ("failure_groups"."state" in ('open', 'regressed', 'ignored', 'resolved')),
	CONSTRAINT "failure_groups_standing" CHECK ("failure_groups"."standing" between 0 and "failure_groups"."files")
);
--> statement-breakpoint
CREATE TABLE "failures" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"file_id" text NOT NULL,
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"round" integer NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"deployment" text,
	"graph_version" integer NOT NULL,
	"attempts" integer NOT NULL,
	"wasted_nano_usd" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "failure_fingerprints" ADD CONSTRAINT "failure_fingerprints_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_group_files" ADD CONSTRAINT "failure_group_files_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_group_files" ADD CONSTRAINT "failure_group_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_group_hours" ADD CONSTRAINT "failure_group_hours_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_groups" ADD CONSTRAINT "failure_groups_assignee_key_id_api_keys_id_fk" FOREIGN KEY ("assignee_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failures" ADD CONSTRAINT "failures_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failures" ADD CONSTRAINT "failures_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_fingerprints_group" ON "failure_fingerprints" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "failure_group_files_file" ON "failure_group_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "failure_group_files_newest" ON "failure_group_files" USING btree ("group_id","last_failed_at" DESC NULLS LAST,"file_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_groups_last_seen" ON "failure_groups" USING btree ("last_seen_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_groups_first_seen" ON "failure_groups" USING btree ("first_seen_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_groups_failures" ON "failure_groups" USING btree ("failures" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_groups_files" ON "failure_groups" USING btree ("files" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_groups_wasted" ON "failure_groups" USING btree ("wasted_nano_usd" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failures_group" ON "failures" USING btree ("group_id","at");--> statement-breakpoint
CREATE INDEX "failures_file" ON "failures" USING btree ("file_id","at");