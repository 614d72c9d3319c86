CREATE INDEX "attempts_span" ON "attempts" USING btree ("span_id");--> statement-breakpoint
ALTER TABLE "outbox" DROP COLUMN "dlq_id";