import type { Overview } from "../../../src/triage/overview/overview-view.ts";

/** A house in which nothing is wrong. */
export const calmOverview: Overview = {
  readAt: "2026-03-01T08:00:00.000Z",
  failures: { groups: 0, open: 0, capped: false, files: 0, steps: [], top: [] },
  stuck: { steps: 0, capped: false, reasons: [] },
  money: { budgets: 0, capped: false, holding: 0, held: 0, heldCapped: false, nearest: [] },
  backlog: { files: 0, held: 0, capped: false, oldestAt: null },
  throughput: { perMinute: 0, failedPerMinute: 0, dayBeforePerMinute: 0, hours: [] },
  searchable: { p50Ms: null, p95Ms: null, files: 0 },
  providers: [],
  reconciliation: { last: null },
  requeues: [],
};
