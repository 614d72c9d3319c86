import { z } from "zod";
import { findingClasses, findingOutcomes, reconciliationStages } from "../../db/reconciliation-states.ts";

/** A reconciliation as the API shows it. Times are ISO 8601 in UTC. */
export const reconciliationViewSchema = z.object({
  id: z.string(),
  stage: z.enum(reconciliationStages).describe("what it looks through now; `done` when it has ended"),
  by: z.string().nullable().describe("who asked for it; null: the schedule"),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  read: z.object({
    deadLetters: z.number().int(),
    queuedSteps: z.number().int(),
    doneFiles: z.number().int(),
    vectors: z.number().int(),
  }),
  classes: z.array(
    z.object({
      class: z.enum(findingClasses),
      found: z.number().int(),
      kept: z.number().int().describe("how many of them are listed: the first ten thousand"),
      open: z.number().int().describe("how many of those are neither repaired nor gone"),
    }),
  ),
});

/** A finding as the API shows it. */
export const findingViewSchema = z.object({
  id: z.string(),
  class: z.enum(findingClasses),
  subject: z.string().describe("the id of the dead letter, step, file or vector"),
  fileId: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  foundAt: z.string(),
  repairedAt: z.string().nullable(),
  outcome: z.enum(findingOutcomes).nullable().describe("`gone`: the parts agreed again by themselves"),
});

/** What a repair came to. */
export const repairedSchema = z.object({
  repaired: z.number().int(),
  gone: z.number().int().describe("the parts had agreed again by themselves"),
  left: z.number().int().describe("findings that were asked for and are still open: ask again"),
});

/** A dead letter as the API shows it. */
export const deadLetterViewSchema = z.object({
  dlqId: z.string(),
  messageId: z.string(),
  standing: z
    .enum(["failed", "done", "leaving", "unknown"])
    .describe("its step stands failed by it, has gone on, is about to lose it, or is not known"),
  fileId: z.string().nullable(),
  file: z.string().nullable(),
  runId: z.string().nullable(),
  step: z.string().nullable(),
  status: z.number().int().nullable().describe("the HTTP status of the last attempt to deliver it"),
  at: z.string(),
  expiresAt: z.string().describe("when QStash forgets it"),
});

export type ReconciliationView = z.infer<typeof reconciliationViewSchema>;
export type FindingView = z.infer<typeof findingViewSchema>;
export type Repaired = z.infer<typeof repairedSchema>;
export type DeadLetterView = z.infer<typeof deadLetterViewSchema>;
