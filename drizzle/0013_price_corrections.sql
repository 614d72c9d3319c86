CREATE TABLE "price_corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"price_id" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"cursor_at" timestamp (3) with time zone,
	"cursor_id" text,
	"entries" bigint DEFAULT 0 NOT NULL,
	"adjusted" bigint DEFAULT 0 NOT NULL,
	"nano_usd" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "price_corrections_price_id_unique" UNIQUE("price_id")
);
--> statement-breakpoint
ALTER TABLE "prices" DROP CONSTRAINT "prices_meter_model_from";--> statement-breakpoint
DROP INDEX "ledger_newest";--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "added_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "price_corrections" ADD CONSTRAINT "price_corrections_price_id_prices_id_fk" FOREIGN KEY ("price_id") REFERENCES "public"."prices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_corrections_running" ON "price_corrections" USING btree ("started_at") WHERE "price_corrections"."state" = 'running';--> statement-breakpoint
CREATE INDEX "ledger_at" ON "ledger" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "ledger_slice" ON "ledger" USING btree ("meter","step","at","id");--> statement-breakpoint
CREATE INDEX "ledger_project_slice" ON "ledger" USING btree ("project_id","meter","step","at","id");--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_meter_model_from" UNIQUE("meter","provider","model","effective_from","revision");
--> statement-breakpoint
CREATE TRIGGER "prices_are_added_to_alone" BEFORE UPDATE OR DELETE OR TRUNCATE ON "prices"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
