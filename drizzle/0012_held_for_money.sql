CREATE TABLE "work_history" (
	"step" text NOT NULL,
	"size_class" integer NOT NULL,
	"p95_ms" integer NOT NULL,
	"attempts" integer NOT NULL,
	"computed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "work_history_step_size_class_pk" PRIMARY KEY("step","size_class")
);
--> statement-breakpoint
DROP INDEX "budget_holds_open";--> statement-breakpoint
ALTER TABLE "budget_holds" ADD COLUMN "place" integer NOT NULL;--> statement-breakpoint
CREATE INDEX "budget_holds_open" ON "budget_holds" USING btree ("budget_id","key","rank","since","place") WHERE "budget_holds"."until" is null;