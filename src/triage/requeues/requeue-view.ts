import { z } from "zod";
import { exclusions, requeueOutcomes, requeueStates } from "../../db/requeue-states.ts";
import { planViewSchema, requeueOptionsSchema, selectionSchema } from "../plans/plan-view.ts";

const counts = z.object({
  total: z.number().int(),
  pending: z.number().int(),
  sent: z.number().int().describe("on their way"),
  held: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int().describe("again"),
  skipped: z.number().int(),
});

/** A requeue in the list. */
export const requeueSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  planId: z.string(),
  state: z.enum(requeueStates),
  by: z.string(),
  createdAt: z.string(),
  startsAt: z.string(),
  finishedAt: z.string().nullable(),
  counts,
  costNanoUsd: z.string().describe("what the requeued files have cost since"),
});

/** A requeue with its progress and receipt. Money is nano-USD, times are ISO 8601 in UTC. */
export const requeueViewSchema = requeueSummarySchema.extend({
  reason: z.string().nullable(),
  selection: selectionSchema,
  from: z.string(),
  graph: z.enum(["same", "current"]),
  options: requeueOptionsSchema,
  stoppedBecause: z.string().nullable().describe("one sentence"),
  leftMs: z.number().int().nullable().describe("at its present pace"),
  skipped: z.array(z.object({ reason: z.enum(exclusions), files: z.number().int() })),
  failedAgain: z.array(
    z.object({
      groupId: z.string().nullable(),
      step: z.string(),
      code: z.string(),
      message: z.string(),
      files: z.number().int(),
    }),
  ),
  cost: planViewSchema.shape.cost.describe("what the plan said"),
  messages: z.object({
    sent: z.number().int().describe("messages for which QStash gave an id"),
    swallowed: z.number().int().describe("of those, taken for duplicates of others: must be 0"),
  }),
  proof: z
    .object({
      vectorsBefore: z.number().int().nullable().describe("null: the index did not say"),
      vectorsAfter: z.number().int(),
      missing: z.number().int().describe("chunks of the files that have no vector"),
      orphans: z.number().int().describe("vectors of the files that no chunk owns"),
      duplicates: z.number().int().describe("vectors of one file that hold one chunk twice"),
      provedAt: z.string(),
    })
    .nullable()
    .describe("the index held against the chunks, once all files have their outcomes"),
});

/** A file of a requeue. */
export const requeueFileSchema = z.object({
  fileId: z.string(),
  name: z.string().nullable(),
  project: z.string().nullable(),
  outcome: z.enum(requeueOutcomes),
  skipped: z.enum(exclusions).nullable(),
  canary: z.boolean(),
  failedGroupId: z.string().nullable(),
  costNanoUsd: z.string(),
  finishedAt: z.string().nullable(),
});

export type RequeueSummary = z.infer<typeof requeueSummarySchema>;
export type RequeueView = z.infer<typeof requeueViewSchema>;
export type RequeueFile = z.infer<typeof requeueFileSchema>;
