import { z } from "zod";

/** How far the recomputing of entries has come. Amounts are nano-USD as strings. */
const correctionViewSchema = z.object({
  id: z.string(),
  state: z.enum(["running", "done"]),
  from: z.string(),
  until: z.string(),
  entries: z.number().int().describe("entries that were looked at"),
  adjusted: z.number().int().describe("entries that got another beside them"),
  nanoUsd: z.string().describe("by how much they were changed altogether"),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** A price of the book as the API shows it. */
export const priceViewSchema = z.object({
  id: z.string(),
  meter: z.string(),
  provider: z.string(),
  model: z.string(),
  unit: z.string(),
  nanoUsd: z.string().describe("for `perUnits` units"),
  perUnits: z.number().int(),
  unitNanoUsd: z.string().describe("for one unit; may have decimals"),
  effectiveFrom: z.string(),
  effectiveUntil: z.string().nullable().describe("when the next price takes its place"),
  revision: z.number().int(),
  status: z
    .enum(["current", "coming", "past", "superseded"])
    .describe("`superseded`: a later revision has taken its place, and it counts for nothing"),
  source: z.string(),
  seenOn: z.string(),
  confidence: z.enum(["high", "medium", "low"]),
  addedAt: z.string().nullable().describe("null for the public prices that Waybill brings along"),
  correction: correctionViewSchema.nullable(),
});

export type PriceView = z.infer<typeof priceViewSchema>;

/** What a price would change. */
export const pricePreviewSchema = z.object({
  from: z.string(),
  until: z.string().nullable().describe("when the next price takes its place; null where there is none"),
  entries: z.number().int().describe("entries from that time on, which would be recomputed"),
  quantity: z.string(),
  presentNanoUsd: z.string(),
  nextNanoUsd: z.string(),
  differenceNanoUsd: z.string(),
  exact: z
    .boolean()
    .describe("false where each entry is rounded by itself: then by half a nano-USD an entry at most"),
  projects: z.array(
    z.object({
      project: z.string().nullable(),
      entries: z.number().int(),
      presentNanoUsd: z.string(),
      nextNanoUsd: z.string(),
    }),
  ),
});

export type PricePreview = z.infer<typeof pricePreviewSchema>;
