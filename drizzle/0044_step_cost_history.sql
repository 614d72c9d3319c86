CREATE TABLE "step_cost_history" (
	"step" text NOT NULL,
	"size_class" integer NOT NULL,
	"p50_nano_usd" bigint NOT NULL,
	"p95_nano_usd" bigint NOT NULL,
	"files" integer NOT NULL,
	"computed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "step_cost_history_step_size_class_pk" PRIMARY KEY("step","size_class")
);
