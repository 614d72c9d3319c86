CREATE TABLE "audit_subjects" (
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry_id" text NOT NULL,
	CONSTRAINT "audit_subjects_subject_at_entry_id_pk" PRIMARY KEY("subject","at","entry_id")
);
--> statement-breakpoint
-- What an entry is about: the ids among its facts, the provider that it names, its file, and the projects of these.
CREATE FUNCTION audit_subjects_of("file" text, "request" jsonb, "before" jsonb, "after" jsonb) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
	SELECT "value" FROM (
		SELECT * FROM jsonb_each_text("request")
		UNION ALL SELECT * FROM jsonb_each_text("before")
		UNION ALL SELECT * FROM jsonb_each_text("after")
	) "facts" WHERE "value" ~ '^[a-z]+_[0-9a-f]{32}$' OR ("key" = 'provider' AND "value" IS NOT NULL)
	UNION SELECT "file" WHERE "file" IS NOT NULL
	UNION SELECT "project_id" FROM "files" WHERE "id" = "file"
	UNION SELECT "id" FROM "projects" WHERE "slug" IN ("request" ->> 'project', "before" ->> 'project', "after" ->> 'project')
	UNION SELECT "project_id" FROM "failure_group_projects" WHERE "group_id" IN ("request" ->> 'groupId', "request" ->> 'into', "after" ->> 'into')
$$;--> statement-breakpoint
CREATE FUNCTION note_audit_subjects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "audit_subjects" ("subject", "at", "entry_id")
	SELECT "subject", "added"."at", "added"."id" FROM "added",
		LATERAL audit_subjects_of("added"."file_id", "added"."request", "added"."before", "added"."after") "subject";
	RETURN NULL;
END $$;--> statement-breakpoint
INSERT INTO "audit_subjects" ("subject", "at", "entry_id")
SELECT "subject", "entry"."at", "entry"."id" FROM "audit_entries" "entry",
	LATERAL audit_subjects_of("entry"."file_id", "entry"."request", "entry"."before", "entry"."after") "subject";--> statement-breakpoint
CREATE TRIGGER "audit_subjects_are_noted" AFTER INSERT ON "audit_entries"
	REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION note_audit_subjects();--> statement-breakpoint
CREATE TRIGGER "audit_subjects_are_added_to_alone" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_subjects"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
