import { z } from "zod";
import { wasteKinds } from "../../db/waste-kinds.ts";

/** Each figure has the query of `GET /api/v1/ledger` that opens its entries. */
const ledger = z.string().describe("the query of /api/v1/ledger that opens the entries");
/** Amounts are nano-USD as digits. */
const nanoUsd = z.string().regex(/^-?\d+$/);

/** Costs over time as the API shows them; times are ISO 8601 in UTC. */
export const costChartSchema = z.object({
  boundaries: z.array(z.string()).describe("the times between the buckets, one more than points"),
  nanoUsd,
  ledger,
  series: z
    .array(
      z.object({
        key: z.string().nullable().describe("null for what belongs to none, or for all others together"),
        others: z.boolean(),
        nanoUsd,
        ledger: ledger.nullable().describe("null for all others together"),
        points: z.array(z.object({ nanoUsd, entries: z.number().int(), ledger: ledger.nullable() })),
      }),
    )
    .describe("dearest first"),
});

/** The costs of a span of time at a glance as the API shows them. */
export const costSummarySchema = z.object({
  from: z.string(),
  to: z.string(),
  nanoUsd,
  entries: z.number().int(),
  ledger,
  ingestion: z.object({ nanoUsd, ledger }),
  waste: z.object({
    nanoUsd,
    ledger,
    kinds: z.array(z.object({ kind: z.enum(wasteKinds), nanoUsd, entries: z.number().int(), ledger })),
  }),
  ingested: z.object({
    uploads: z.number().int(),
    bytes: z.string(),
    succeeded: z.number().int(),
    failed: z.number().int(),
    pages: z.number().int(),
    chunks: z.number().int(),
    searchableMs: z.number().nullable().describe("upload to searchable, on average"),
  }),
  perThousandPages: z.object({
    nanoUsd: nanoUsd.nullable().describe("null while no page was ingested"),
    ledger,
  }),
});

/** The dearest files as the API shows them. */
export const dearestFilesSchema = z.object({
  items: z.array(
    z.object({
      fileId: z.string(),
      name: z.string(),
      project: z.string(),
      status: z.string(),
      pages: z.number().int().nullable(),
      nanoUsd,
      ledger,
    }),
  ),
});

export type CostChartView = z.infer<typeof costChartSchema>;
export type CostSummaryView = z.infer<typeof costSummarySchema>;
