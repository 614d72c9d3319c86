import { z } from "zod";

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
  estimated: z.boolean(),
  project: z.string().nullable(),
  fileId: z.string().nullable(),
  runId: z.string().nullable(),
  step: z.string().nullable(),
  stepId: z.string().nullable(),
  attemptId: z.string().nullable(),
  at: z.string(),
});

export type LedgerEntryView = z.infer<typeof ledgerEntryViewSchema>;
