CREATE TABLE "redacted_fields" (
	"id" text PRIMARY KEY NOT NULL,
	"field" text NOT NULL,
	"folded" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "redacted_fields_folded_unique" UNIQUE("folded")
);
