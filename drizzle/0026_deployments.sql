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
CREATE INDEX "deployments_first_seen" ON "deployments" USING btree ("first_seen_at");--> statement-breakpoint
CREATE INDEX "graph_versions_first_seen" ON "graph_versions" USING btree ("first_seen_at");--> statement-breakpoint
-- What was at work before these tables were there.
INSERT INTO "deployments" ("id", "first_seen_at") SELECT "deployment", min("started_at") FROM "attempts" GROUP BY "deployment";--> statement-breakpoint
INSERT INTO "graph_versions" ("version", "first_seen_at") SELECT "graph_version", min("created_at") FROM "runs" GROUP BY "graph_version";
