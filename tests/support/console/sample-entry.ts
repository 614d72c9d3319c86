import type { LedgerEntryView } from "../../../src/costs/ledger/ledger-view.ts";

/** An entry for what a message cost, changed as the test needs it. */
export function sampleEntry(change: Partial<LedgerEntryView> = {}): LedgerEntryView {
  return {
    id: "entry_1",
    meter: "qstash.messages",
    provider: "upstash",
    model: "*",
    quantity: 1,
    unit: "message",
    unitNanoUsd: "10000",
    nanoUsd: "10000",
    unreservedNanoUsd: "0",
    estimated: false,
    adjusts: null,
    waste: null,
    project: "contracts",
    fileId: "file_1",
    fileName: "report.pdf",
    runId: "run_1",
    run: 1,
    step: "inspect",
    stepId: "step_1",
    attemptId: "att_1",
    attempt: 1,
    spanId: "00f067aa0ba902b7",
    at: "2026-03-01T12:00:00.000Z",
    ...change,
  };
}
