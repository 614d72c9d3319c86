CREATE TABLE "cost_deltas" (
	"backend" integer NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"project_id" text,
	"step" text NOT NULL,
	"meter" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"waste" text,
	"quantity" bigint NOT NULL,
	"nano_usd" bigint NOT NULL,
	"entries" bigint NOT NULL,
	CONSTRAINT "cost_deltas_key" UNIQUE NULLS NOT DISTINCT("backend","bucket","project_id","step","meter","provider","model","waste")
);
--> statement-breakpoint
CREATE TABLE "cost_rollups" (
	"grain" text NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"project_id" text,
	"step" text NOT NULL,
	"meter" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"waste" text,
	"quantity" bigint NOT NULL,
	"nano_usd" bigint NOT NULL,
	"entries" bigint NOT NULL,
	CONSTRAINT "cost_rollups_key" UNIQUE NULLS NOT DISTINCT("grain","bucket","project_id","step","meter","provider","model","waste")
);
--> statement-breakpoint
CREATE TABLE "ingest_deltas" (
	"backend" integer NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"project_id" text NOT NULL,
	"uploads" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"succeeded" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"chunks" bigint NOT NULL,
	"searchable_ms" bigint NOT NULL,
	CONSTRAINT "ingest_deltas_key" UNIQUE("backend","bucket","project_id")
);
--> statement-breakpoint
CREATE TABLE "ingest_rollups" (
	"grain" text NOT NULL,
	"bucket" timestamp (3) with time zone NOT NULL,
	"project_id" text NOT NULL,
	"uploads" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"succeeded" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"chunks" bigint NOT NULL,
	"searchable_ms" bigint NOT NULL,
	CONSTRAINT "ingest_rollups_key" UNIQUE("grain","bucket","project_id")
);
--> statement-breakpoint
CREATE TABLE "wasted_entries" (
	"entry_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ledger" DROP CONSTRAINT "ledger_not_negative";--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "step" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "adjusts" text;--> statement-breakpoint
CREATE INDEX "cost_rollups_project" ON "cost_rollups" USING btree ("grain","project_id","bucket");--> statement-breakpoint
CREATE INDEX "ingest_rollups_project" ON "ingest_rollups" USING btree ("grain","project_id","bucket");--> statement-breakpoint
CREATE INDEX "wasted_entries_kind" ON "wasted_entries" USING btree ("kind","at","entry_id");--> statement-breakpoint
CREATE INDEX "ledger_adjusts" ON "ledger" USING btree ("adjusts") WHERE "ledger"."adjusts" is not null;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_not_negative" CHECK (case when "ledger"."adjusts" is null then "ledger"."quantity" >= 0 and "ledger"."nano_usd" >= 0 else "ledger"."quantity" = 0 end);
--> statement-breakpoint
-- Every row of the deltas is changed many times and then deleted: room beside it keeps its index as it is.
ALTER TABLE "cost_deltas" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "ingest_deltas" SET (fillfactor = 50);--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are added, never changed or deleted', TG_TABLE_NAME;
END $$;--> statement-breakpoint
CREATE TRIGGER "ledger_is_added_to_alone" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- What was written before there were rollups. A delivery without an attempt had found nothing to do, or was a
-- failure callback; the two cannot be told apart any more.
INSERT INTO "wasted_entries" ("entry_id", "kind", "at")
SELECT "ledger"."id", CASE "attempts"."outcome" WHEN 'lost' THEN 'lost-attempt' ELSE 'failed-attempt' END, "ledger"."at"
FROM "ledger" JOIN "attempts" ON "attempts"."id" = "ledger"."attempt_id"
WHERE "attempts"."outcome" IN ('retry', 'failed', 'held', 'lost')
UNION ALL
SELECT "id", 'failed-delivery', "at" FROM "ledger"
WHERE "attempt_id" IS NULL AND "step_id" IS NOT NULL AND "meter" = 'qstash.messages';--> statement-breakpoint
INSERT INTO "cost_rollups"
SELECT "grain", "start", "project_id", "step", "meter", "provider", "model", "kind", sum("quantity"), sum("nano_usd"), count(*)
FROM "ledger" LEFT JOIN "wasted_entries" ON "entry_id" = "ledger"."id",
	LATERAL (VALUES ('quarter', date_bin('15 minutes', "ledger"."at", 'epoch')), ('hour', date_trunc('hour', "ledger"."at", 'UTC')),
		('day', date_trunc('day', "ledger"."at", 'UTC'))) AS place("grain", "start")
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;--> statement-breakpoint
INSERT INTO "ingest_rollups"
SELECT "grain", "start", "project_id", sum("uploads"), sum("bytes"), sum("succeeded"), sum("failed"), sum("pages"), sum("chunks"), sum("ms")
FROM (
	SELECT "project_id", "created_at" AS "at", 1 AS "uploads", "bytes", 0 AS "succeeded", 0 AS "failed", 0 AS "pages", 0 AS "chunks", 0 AS "ms"
	FROM "files"
	UNION ALL
	SELECT "project_id", "runs"."finished_at", 0, 0, 1, 0, coalesce("pages", 1), coalesce("chunk_count", 0),
		(extract(epoch FROM "runs"."finished_at" - "runs"."created_at") * 1000)::bigint
	FROM "runs" JOIN "files" ON "files"."id" = "file_id" WHERE "runs"."status" = 'succeeded'
	UNION ALL
	SELECT "project_id", "runs"."finished_at", 0, 0, 0, 1, 0, 0, 0
	FROM "runs" JOIN "files" ON "files"."id" = "file_id" WHERE "runs"."status" = 'failed'
) AS events, LATERAL (VALUES ('quarter', date_bin('15 minutes', "at", 'epoch')), ('hour', date_trunc('hour', "at", 'UTC')),
	('day', date_trunc('day', "at", 'UTC'))) AS place("grain", "start")
GROUP BY 1, 2, 3;
