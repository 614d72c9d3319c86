DROP INDEX "spans_span";--> statement-breakpoint
ALTER TABLE "spans" DROP CONSTRAINT "spans_trace_id_span_id_started_at_pk";--> statement-breakpoint
ALTER TABLE "spans" ADD CONSTRAINT "spans_span_id_trace_id_started_at_pk" PRIMARY KEY("span_id","trace_id","started_at");