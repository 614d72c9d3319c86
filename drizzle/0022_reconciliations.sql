CREATE TABLE "reconciliation_findings" (
	"id" text PRIMARY KEY NOT NULL,
	"reconciliation_id" text NOT NULL,
	"class" text NOT NULL,
	"subject" text NOT NULL,
	"file_id" text,
	"facts" jsonb NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"repaired_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" text PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"position" text,
	"page" integer DEFAULT 0 NOT NULL,
	"turn" integer DEFAULT 1 NOT NULL,
	"key_id" text,
	"dead_letters" integer DEFAULT 0 NOT NULL,
	"queued_steps" integer DEFAULT 0 NOT NULL,
	"done_files" integer DEFAULT 0 NOT NULL,
	"vectors" integer DEFAULT 0 NOT NULL,
	"found" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"heartbeat_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "reconciliation_findings" ADD CONSTRAINT "reconciliation_findings_reconciliation_id_reconciliations_id_fk" FOREIGN KEY ("reconciliation_id") REFERENCES "public"."reconciliations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reconciliation_findings_list" ON "reconciliation_findings" USING btree ("reconciliation_id","class","id");--> statement-breakpoint
CREATE INDEX "reconciliation_findings_open" ON "reconciliation_findings" USING btree ("reconciliation_id","class","id") WHERE "reconciliation_findings"."repaired_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_one_at_once" ON "reconciliations" USING btree ((true)) WHERE "reconciliations"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "reconciliations_newest" ON "reconciliations" USING btree ("started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "files_done" ON "files" USING btree ("project_id","id") WHERE "files"."status" = 'succeeded';