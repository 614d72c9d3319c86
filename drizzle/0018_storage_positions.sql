CREATE TABLE "storage_positions" (
	"meter" text PRIMARY KEY NOT NULL,
	"counted_until" timestamp (3) with time zone NOT NULL
);
