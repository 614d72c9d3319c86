ALTER TABLE "reservations" ADD COLUMN "spending" jsonb;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "least_work_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "reservations_spending_open" ON "reservations" USING btree ("created_at") WHERE "reservations"."state" = 'open' and "reservations"."spending" is not null;