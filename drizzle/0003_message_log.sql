CREATE TABLE "message_log_position" (
	"id" text PRIMARY KEY NOT NULL,
	"copied_until" timestamp (3) with time zone NOT NULL,
	"window_until" timestamp (3) with time zone,
	"cursor" text
);
--> statement-breakpoint
CREATE TABLE "message_states" (
	"message_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"step_id" text NOT NULL,
	"dispatch" integer NOT NULL,
	"error" text,
	"response_status" integer,
	"next_delivery_at" timestamp (3) with time zone,
	CONSTRAINT "message_states_message_id_at_state_pk" PRIMARY KEY("message_id","at","state")
);
--> statement-breakpoint
ALTER TABLE "embeddings" ADD COLUMN "run_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "dlq_id" text;--> statement-breakpoint
CREATE INDEX "message_states_step" ON "message_states" USING btree ("step_id","at");--> statement-breakpoint
CREATE INDEX "files_content" ON "files" USING btree ("content_hash");--> statement-breakpoint
CREATE INDEX "outbox_message" ON "outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "spans_span" ON "spans" USING btree ("span_id");