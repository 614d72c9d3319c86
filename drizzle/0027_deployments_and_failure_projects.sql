CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "graph_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_group_projects" (
	"project_id" text NOT NULL,
	"group_id" text NOT NULL,
	CONSTRAINT "failure_group_projects_project_id_group_id_pk" PRIMARY KEY("project_id","group_id")
);
--> statement-breakpoint
ALTER TABLE "failure_group_projects" ADD CONSTRAINT "failure_group_projects_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_group_projects" ADD CONSTRAINT "failure_group_projects_group_id_failure_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."failure_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deployments_first_seen" ON "deployments" USING btree ("first_seen_at");--> statement-breakpoint
CREATE INDEX "graph_versions_first_seen" ON "graph_versions" USING btree ("first_seen_at");--> statement-breakpoint
CREATE INDEX "failure_group_projects_group" ON "failure_group_projects" USING btree ("group_id");--> statement-breakpoint
-- What was at work, and what had failed, before these tables were there.
INSERT INTO "deployments" ("id", "first_seen_at") SELECT "deployment", min("started_at") FROM "attempts" GROUP BY "deployment";--> statement-breakpoint
INSERT INTO "graph_versions" ("version", "first_seen_at") SELECT "graph_version", min("created_at") FROM "runs" GROUP BY "graph_version";--> statement-breakpoint
INSERT INTO "failure_group_projects" ("project_id", "group_id") SELECT DISTINCT "project_id", "group_id" FROM "failure_group_files" JOIN "files" ON "files"."id" = "file_id";
