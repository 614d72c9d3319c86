CREATE TABLE "breaker_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"step_id" text NOT NULL,
	"run_id" text NOT NULL,
	"provider" text NOT NULL,
	"rank" timestamp (3) with time zone NOT NULL,
	"queued_since" timestamp (3) with time zone,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "breaker_holds_end" CHECK (("breaker_holds"."until" is null) = ("breaker_holds"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "breakers" (
	"provider" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"by_hand" boolean DEFAULT false NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"cool_down_ms" integer DEFAULT 0 NOT NULL,
	"probe_at" timestamp (3) with time zone,
	"probe_step_id" text,
	"probe_until" timestamp (3) with time zone,
	"draining" boolean DEFAULT false NOT NULL,
	CONSTRAINT "breakers_state" CHECK ("breakers"."state" in ('closed', 'open', 'half-open')),
	CONSTRAINT "breakers_probe_at" CHECK (("breakers"."state" = 'open' and not "breakers"."by_hand") = ("breakers"."probe_at" is not null)),
	CONSTRAINT "breakers_probe" CHECK (("breakers"."state" = 'half-open') = ("breakers"."probe_step_id" is not null)
        and ("breakers"."state" = 'half-open') = ("breakers"."probe_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "provider_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"provider" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"key_name" text,
	"reason" text,
	"step_id" text
);
--> statement-breakpoint
CREATE TABLE "provider_outcomes" (
	"provider" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"attempt_id" text NOT NULL,
	"call" integer NOT NULL,
	"ill" boolean NOT NULL,
	"latency_ms" integer NOT NULL,
	CONSTRAINT "provider_outcomes_provider_at_attempt_id_call_pk" PRIMARY KEY("provider","at","attempt_id","call")
);
--> statement-breakpoint
ALTER TABLE "breaker_holds" ADD CONSTRAINT "breaker_holds_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "breaker_holds_open_step" ON "breaker_holds" USING btree ("step_id") WHERE "breaker_holds"."until" is null;--> statement-breakpoint
CREATE INDEX "breaker_holds_open" ON "breaker_holds" USING btree ("provider","rank","id") WHERE "breaker_holds"."until" is null;--> statement-breakpoint
CREATE INDEX "breaker_holds_run" ON "breaker_holds" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "provider_changes_newest" ON "provider_changes" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "provider_changes_provider" ON "provider_changes" USING btree ("provider","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "provider_outcomes_old" ON "provider_outcomes" USING btree ("at");--> statement-breakpoint
INSERT INTO "breakers" ("provider", "state", "since") VALUES ('gateway', 'closed', now()), ('vector', 'closed', now()), ('blob', 'closed', now());--> statement-breakpoint
CREATE TRIGGER "provider_changes_are_added_to_alone" BEFORE UPDATE OR DELETE OR TRUNCATE ON "provider_changes"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- The trigger holds the owner too; whoever else was granted more than reading and adding loses it.
REVOKE UPDATE, DELETE, TRUNCATE ON "provider_changes" FROM PUBLIC;--> statement-breakpoint
DO $$
DECLARE "granted" name;
BEGIN
	FOR "granted" IN SELECT DISTINCT "rolname" FROM "pg_class",
		LATERAL aclexplode("relacl") "acl" JOIN "pg_roles" ON "pg_roles"."oid" = "acl"."grantee"
		WHERE "pg_class"."oid" = 'provider_changes'::regclass AND "acl"."grantee" <> "relowner"
	LOOP
		EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON "provider_changes" FROM %I', "granted");
	END LOOP;
END $$;
