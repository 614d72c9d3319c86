CREATE TABLE "failure_moves" (
	"from_group_id" text PRIMARY KEY NOT NULL,
	"into_group_id" text NOT NULL,
	"contains" text,
	"after_file_id" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "failure_groups" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "failure_moves" ADD CONSTRAINT "failure_moves_from_group_id_failure_groups_id_fk" FOREIGN KEY ("from_group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_moves" ADD CONSTRAINT "failure_moves_into_group_id_failure_groups_id_fk" FOREIGN KEY ("into_group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_moves_into" ON "failure_moves" USING btree ("into_group_id");--> statement-breakpoint
CREATE INDEX "failure_groups_ignored_until" ON "failure_groups" USING btree ("ignored_until") WHERE "failure_groups"."state" = 'ignored';