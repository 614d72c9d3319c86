import { z } from "zod";
import { breakerProviders } from "../../db/breaker-states.ts";
import { stuckActions, stuckReasons } from "../../db/stuck-states.ts";

const time = z.string().describe("ISO 8601, UTC");

/** A step that has not gone on for longer than steps of its kind do. */
export const stuckStepSchema = z.object({
  stepId: z.string(),
  step: z.string(),
  shard: z.number().int(),
  runId: z.string(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string().describe("the slug"),
  state: z.enum(["waiting", "queued", "running", "held"]),
  reason: z.enum(stuckReasons),
  since: time.describe(
    "since when it waits, or its attempt runs; for one that waits for siblings, when one of them ended last",
  ),
  limitMs: z.number().int().describe("what a step of its kind stays below, in ms"),
  attempts: z.number().int().describe("made in this round"),
  attemptsLeft: z.number().int(),
  nextAttemptAt: time.nullable().describe("when the backoff ends"),
  heldUntil: time.nullable(),
  budgetId: z.string().nullable().describe("the budget that holds it"),
  provider: z.enum(breakerProviders).nullable().describe("the provider whose breaker holds it"),
  siblings: z
    .object({ step: z.string(), ended: z.number().int(), of: z.number().int() })
    .nullable()
    .describe("the shards that it waits for, and how many of them have ended"),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  actions: z.array(z.enum(stuckActions)).describe("what can be done about it here"),
});

/** Such a step, as the API answers. */
export type StuckStep = z.infer<typeof stuckStepSchema>;

/** What became of a step that somebody acted on. */
export const actedSchema = z.object({
  stepId: z.string(),
  fileId: z.string(),
  state: z.enum(["queued", "held", "failed"]).describe("right after; held: a budget has no room for it"),
});

/** What became of a step that somebody acted on, as the API answers. */
export type Acted = z.infer<typeof actedSchema>;
