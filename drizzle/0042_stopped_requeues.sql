ALTER TABLE "alert_rules" DROP CONSTRAINT "alert_rules_kind";--> statement-breakpoint
CREATE INDEX "requeues_stopped" ON "requeues" USING btree ("finished_at") WHERE "requeues"."state" = 'stopped';--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_kind" CHECK ("alert_rules"."kind" in ('new-failure', 'returned-failure', 'stuck', 'breaker', 'backlog', 'stopped-requeue'));