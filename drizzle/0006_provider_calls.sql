ALTER TABLE "reservations" RENAME TO "provider_calls";--> statement-breakpoint
ALTER TABLE "provider_calls" RENAME CONSTRAINT "reservations_pkey" TO "provider_calls_pkey";--> statement-breakpoint
ALTER TABLE "provider_calls" DROP CONSTRAINT "reservations_state";--> statement-breakpoint
DROP INDEX "reservations_attempt_open";--> statement-breakpoint
CREATE INDEX "provider_calls_attempt_open" ON "provider_calls" USING btree ("attempt_id") WHERE "provider_calls"."state" = 'open';--> statement-breakpoint
ALTER TABLE "provider_calls" ADD CONSTRAINT "provider_calls_state" CHECK ("provider_calls"."state" in ('open', 'settled'));