CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"monthly_nano_usd" bigint NOT NULL,
	"allowances" jsonb NOT NULL,
	"from_month" text NOT NULL,
	"revision" integer NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "plans_provider_from" UNIQUE("provider","from_month","revision")
);
