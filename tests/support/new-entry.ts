import type { NewEntry } from "../../src/costs/ledger/record-entries.ts";
import { meters } from "../../src/telemetry/names.ts";

/** An entry to be recorded: 1,000 tokens of the local model, spent by nobody in particular, unless said otherwise. */
export function newEntry(id: string, at: Date, said: Partial<NewEntry> = {}): NewEntry {
  return {
    id,
    at,
    projectId: null,
    fileId: null,
    runId: null,
    stepId: null,
    step: "embed",
    attemptId: null,
    meter: meters.embeddingTokens,
    provider: "waybill",
    model: "waybill/lexical-1536",
    quantity: 1_000,
    estimated: false,
    ...said,
  };
}
