CREATE TABLE "budget_accounts" (
	"budget_id" text NOT NULL,
	"key" text NOT NULL,
	"time_window" text NOT NULL,
	"time_zone" text NOT NULL,
	"limit_nano_usd" bigint NOT NULL,
	"mode" text NOT NULL,
	"thresholds" integer[] NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"settled_nano_usd" bigint NOT NULL,
	"reserved_nano_usd" bigint NOT NULL,
	"unreserved_nano_usd" bigint NOT NULL,
	"excess_nano_usd" bigint NOT NULL,
	CONSTRAINT "budget_accounts_budget_id_key_pk" PRIMARY KEY("budget_id","key"),
	CONSTRAINT "budget_accounts_reserved" CHECK ("budget_accounts"."reserved_nano_usd" >= 0 and "budget_accounts"."excess_nano_usd" >= 0),
	CONSTRAINT "budget_accounts_limit" CHECK ("budget_accounts"."mode" = 'soft' or "budget_accounts"."settled_nano_usd" + "budget_accounts"."reserved_nano_usd" <= "budget_accounts"."limit_nano_usd" + "budget_accounts"."excess_nano_usd")
);
--> statement-breakpoint
CREATE TABLE "budget_alerts" (
	"budget_id" text NOT NULL,
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"percent" integer NOT NULL,
	"settled_nano_usd" bigint NOT NULL,
	"reserved_nano_usd" bigint NOT NULL,
	"limit_nano_usd" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "budget_alerts_budget_id_key_window_start_percent_pk" PRIMARY KEY("budget_id","key","window_start","percent")
);
--> statement-breakpoint
CREATE TABLE "budget_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"step_id" text NOT NULL,
	"run_id" text NOT NULL,
	"budget_id" text NOT NULL,
	"key" text NOT NULL,
	"needed_nano_usd" bigint NOT NULL,
	"rank" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "budget_holds_end" CHECK (("budget_holds"."until" is null) = ("budget_holds"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"project_id" text,
	"step" text,
	"time_window" text NOT NULL,
	"time_zone" text NOT NULL,
	"limit_nano_usd" bigint NOT NULL,
	"mode" text NOT NULL,
	"thresholds" integer[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "budgets_scope" CHECK (case "budgets"."scope"
        when 'deployment' then "budgets"."project_id" is null and "budgets"."step" is null
        when 'project' then "budgets"."project_id" is not null and "budgets"."step" is null
        when 'project-step' then "budgets"."project_id" is not null and "budgets"."step" is not null
        when 'file' then "budgets"."step" is null
        else false end),
	CONSTRAINT "budgets_window" CHECK ("budgets"."time_window" in ('hour', 'day', 'month', 'total')),
	CONSTRAINT "budgets_mode" CHECK ("budgets"."mode" in ('hard', 'soft')),
	CONSTRAINT "budgets_limit" CHECK ("budgets"."limit_nano_usd" >= 0)
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"step_id" text,
	"run_id" text,
	"dispatch" integer,
	"keys" text[] NOT NULL,
	"granted_nano_usd" bigint NOT NULL,
	"work_nano_usd" bigint NOT NULL,
	"messages_nano_usd" bigint NOT NULL,
	"work_ms" integer NOT NULL,
	"delivered" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "reservations_left" CHECK ("reservations"."work_nano_usd" >= 0 and "reservations"."messages_nano_usd" >= 0),
	CONSTRAINT "reservations_closed_is_empty" CHECK ("reservations"."state" = 'open' or ("reservations"."work_nano_usd" = 0 and "reservations"."messages_nano_usd" = 0))
);
--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "unreserved_nano_usd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "estimate" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_accounts" ADD CONSTRAINT "budget_accounts_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_alerts" ADD CONSTRAINT "budget_alerts_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_holds" ADD CONSTRAINT "budget_holds_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_holds" ADD CONSTRAINT "budget_holds_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_accounts_key" ON "budget_accounts" USING btree ("key");--> statement-breakpoint
CREATE INDEX "budget_alerts_unsent" ON "budget_alerts" USING btree ("at") WHERE "budget_alerts"."sent_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "budget_holds_open_step" ON "budget_holds" USING btree ("step_id") WHERE "budget_holds"."until" is null;--> statement-breakpoint
CREATE INDEX "budget_holds_open" ON "budget_holds" USING btree ("budget_id","key","rank","id") WHERE "budget_holds"."until" is null;--> statement-breakpoint
CREATE INDEX "budget_holds_run" ON "budget_holds" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_one_of_a_kind" ON "budgets" USING btree ("scope",coalesce("project_id", ''),coalesce("step", ''),"time_window","mode") WHERE "budgets"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "reservations_run_open" ON "reservations" USING btree ("run_id") WHERE "reservations"."state" = 'open';--> statement-breakpoint
CREATE INDEX "reservations_ended_open" ON "reservations" USING btree ("ended_at") WHERE "reservations"."state" = 'open';--> statement-breakpoint
CREATE INDEX "reservations_closed" ON "reservations" USING btree ("closed_at") WHERE "reservations"."state" = 'closed';--> statement-breakpoint
CREATE INDEX "ledger_unreserved" ON "ledger" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "ledger"."unreserved_nano_usd" > 0;
--> statement-breakpoint
-- These rows are changed many times: room beside them keeps their indexes as they are.
ALTER TABLE "budget_accounts" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "reservations" SET (fillfactor = 70);
