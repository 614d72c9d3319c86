CREATE TABLE "file_costs" (
	"file_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"ended_on" date NOT NULL,
	"nano_usd" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "ledger_unreserved";--> statement-breakpoint
DROP INDEX "ledger_slice";--> statement-breakpoint
DROP INDEX "ledger_project_slice";--> statement-breakpoint
ALTER TABLE "wasted_entries" ADD COLUMN "project_id" text;--> statement-breakpoint
ALTER TABLE "wasted_entries" ADD COLUMN "meter" text;--> statement-breakpoint
ALTER TABLE "wasted_entries" ADD COLUMN "step" text;--> statement-breakpoint
UPDATE "wasted_entries" SET "project_id" = "ledger"."project_id", "meter" = "ledger"."meter", "step" = "ledger"."step"
FROM "ledger" WHERE "ledger"."id" = "entry_id";--> statement-breakpoint
ALTER TABLE "wasted_entries" ALTER COLUMN "meter" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "wasted_entries" ALTER COLUMN "step" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "file_costs_dearest" ON "file_costs" USING btree ("ended_on","nano_usd");--> statement-breakpoint
CREATE INDEX "file_costs_project_dearest" ON "file_costs" USING btree ("project_id","ended_on","nano_usd");--> statement-breakpoint
CREATE INDEX "ledger_estimated" ON "ledger" USING btree ("at","id") WHERE "ledger"."estimated";--> statement-breakpoint
CREATE INDEX "ledger_adjusting" ON "ledger" USING btree ("at","id") WHERE "ledger"."adjusts" is not null;--> statement-breakpoint
CREATE INDEX "wasted_entries_project" ON "wasted_entries" USING btree ("project_id","kind","at","entry_id");--> statement-breakpoint
CREATE INDEX "ledger_unreserved" ON "ledger" USING btree ("at","id") WHERE "ledger"."unreserved_nano_usd" > 0;--> statement-breakpoint
CREATE INDEX "ledger_slice" ON "ledger" USING btree (("meter" || ' ' || "step" || ' ' || "model"),"at","id");--> statement-breakpoint
CREATE INDEX "ledger_project_slice" ON "ledger" USING btree ("project_id",("meter" || ' ' || "step" || ' ' || "model"),"at","id");
--> statement-breakpoint
INSERT INTO "file_costs" ("file_id", "project_id", "ended_on", "nano_usd")
SELECT "id", "project_id", ("finished_at" AT TIME ZONE 'UTC')::date, "cost_nano_usd" FROM "files" WHERE "finished_at" IS NOT NULL;
