ALTER TABLE "cost_deltas" ADD COLUMN "fresh_quantity" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cost_deltas" ADD COLUMN "fresh_nano_usd" bigint DEFAULT 0 NOT NULL;