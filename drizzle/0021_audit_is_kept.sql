CREATE INDEX "audit_entries_key" ON "audit_entries" USING btree ("key_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE TRIGGER "audit_is_added_to_alone" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- The trigger holds the owner too; whoever else was granted more than reading and adding loses it.
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries" FROM PUBLIC;--> statement-breakpoint
DO $$
DECLARE "granted" name;
BEGIN
	FOR "granted" IN SELECT DISTINCT "rolname" FROM "pg_class",
		LATERAL aclexplode("relacl") "acl" JOIN "pg_roles" ON "pg_roles"."oid" = "acl"."grantee"
		WHERE "pg_class"."oid" = 'audit_entries'::regclass AND "acl"."grantee" <> "relowner"
	LOOP
		EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries" FROM %I', "granted");
	END LOOP;
END $$;
