import { z } from "zod";
import { wasteKinds } from "../../db/waste-kinds.ts";

/** A ledger entry as the API shows it. Amounts are nano-USD as strings; the unit price may have decimals. */
export const ledgerEntryViewSchema = z.object({
  id: z.string(),
  meter: z.string(),
  provider: z.string(),
  model: z.string(),
  quantity: z.number().int(),
  unit: z.string(),
  unitNanoUsd: z.string(),
  nanoUsd: z.string(),
  unreservedNanoUsd: z.string().describe("of the amount, what no reservation had covered"),
  estimated: z.boolean(),
  adjusts: z.string().nullable().describe("the entry whose price this one corrects"),
  waste: z.enum(wasteKinds).nullable().describe("why it was spent for nothing"),
  project: z.string().nullable(),
  fileId: z.string().nullable(),
  fileName: z.string().nullable(),
  runId: z.string().nullable(),
  run: z.number().int().nullable().describe("the number of the file's run"),
  step: z.string(),
  stepId: z.string().nullable(),
  attemptId: z.string().nullable(),
  attempt: z.number().int().nullable().describe("the running number of the attempt of its step"),
  spanId: z.string().nullable().describe("the attempt's span in the trace of the run"),
  at: z.string(),
});

export type LedgerEntryView = z.infer<typeof ledgerEntryViewSchema>;

/** What the entries of a list come to. */
export const ledgerTotalsSchema = z.object({
  entries: z.number().int(),
  nanoUsd: z.string(),
  capped: z.boolean().describe("true where there are more entries, and the sums are of the newest alone"),
  meters: z
    .array(
      z.object({
        meter: z.string(),
        unit: z.string(),
        quantity: z.string(),
        entries: z.number().int(),
        nanoUsd: z.string(),
      }),
    )
    .describe("dearest first"),
});

export type LedgerTotals = z.infer<typeof ledgerTotalsSchema>;
