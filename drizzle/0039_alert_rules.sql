CREATE TABLE "alert_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"minutes" integer,
	"project_id" text,
	"url" text NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "alert_rules_kind" CHECK ("alert_rules"."kind" in ('new-failure', 'returned-failure', 'stuck', 'breaker', 'backlog')),
	CONSTRAINT "alert_rules_minutes" CHECK (("alert_rules"."kind" in ('stuck', 'backlog')) = ("alert_rules"."minutes" is not null))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"sent_to" text,
	"refused_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("rule_id","subject") WHERE "alerts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_newest" ON "alerts" USING btree ("rule_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alerts_unsent" ON "alerts" USING btree ("at") WHERE "alerts"."sent_at" is null and "alerts"."refused_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_sent" ON "alerts" USING btree ("sent_at") WHERE "alerts"."sent_at" is not null;