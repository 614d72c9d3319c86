CREATE TABLE "failure_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"key_name" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_splits" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "failure_splits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"version" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"parent_id" integer,
	"contains" text NOT NULL,
	"group_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "failure_groups" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "failure_groups" ADD COLUMN "merged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "failure_notes" ADD CONSTRAINT "failure_notes_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_notes" ADD CONSTRAINT "failure_notes_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_splits" ADD CONSTRAINT "failure_splits_parent_id_failure_splits_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."failure_splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_splits" ADD CONSTRAINT "failure_splits_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_notes_newest" ON "failure_notes" USING btree ("group_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "failure_splits_fingerprint" ON "failure_splits" USING btree ("version","fingerprint");--> statement-breakpoint
CREATE INDEX "failure_splits_group" ON "failure_splits" USING btree ("group_id");--> statement-breakpoint
ALTER TABLE "failure_groups" ADD CONSTRAINT "failure_groups_merged_into_failure_groups_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_groups_merged" ON "failure_groups" USING btree ("merged_into") WHERE "failure_groups"."merged_into" is not null;