ALTER TABLE "alert_rules" DROP CONSTRAINT "alert_rules_kind";--> statement-breakpoint
ALTER TABLE "alert_rules" ADD COLUMN "standing" integer;--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_standing" CHECK (("alert_rules"."kind" in ('large-failure')) = ("alert_rules"."standing" is not null));--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_kind" CHECK ("alert_rules"."kind" in ('new-failure', 'returned-failure', 'stuck', 'breaker', 'backlog', 'stopped-requeue', 'large-failure'));