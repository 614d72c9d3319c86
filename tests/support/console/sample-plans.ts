import type { PlanView } from "../../../src/triage/plans/plan-view.ts";
import type { RequeueView } from "../../../src/triage/requeues/requeue-view.ts";

const options = { perMinute: null, canary: null, undoSeconds: 10, includePoison: false };

/** A plan for tests: two files of a failure, nothing left out, no budget. */
export function samplePlan(change: Partial<PlanView> = {}): PlanView {
  return {
    id: "rplan_1",
    name: "2 files",
    requeueId: null,
    createdAt: "2026-03-01T12:00:00.000Z",
    createdBy: "console",
    selection: { kind: "group", group: "group_1" },
    from: "failed",
    graph: "same",
    options,
    selected: 2,
    included: 2,
    excluded: [],
    stages: [],
    cost: { lowNanoUsd: "420000000", highNanoUsd: "610000000", unknown: [] },
    budgets: [],
    held: 0,
    changed: [],
    ...change,
  };
}

/** A requeue for tests: of ten files, all succeeded and proved. */
export function sampleRequeue(change: Partial<RequeueView> = {}): RequeueView {
  return {
    id: "requeue_1",
    name: "10 files",
    planId: "rplan_1",
    state: "done",
    by: "console",
    createdAt: "2026-03-01T12:00:00.000Z",
    startsAt: "2026-03-01T12:00:10.000Z",
    finishedAt: "2026-03-01T12:01:00.000Z",
    counts: { total: 10, pending: 0, sent: 0, held: 0, succeeded: 10, failed: 0, skipped: 0 },
    costNanoUsd: "500000000",
    reason: null,
    selection: { kind: "group", group: "group_1" },
    from: "failed",
    graph: "same",
    options,
    stoppedBecause: null,
    leftMs: null,
    skipped: [],
    failedAgain: [],
    cost: { lowNanoUsd: "420000000", highNanoUsd: "610000000", unknown: [] },
    messages: { sent: 10, swallowed: 0 },
    proof: {
      vectorsBefore: 0,
      vectorsAfter: 1_200,
      missing: 0,
      orphans: 0,
      duplicates: 0,
      provedAt: "2026-03-01T12:01:05.000Z",
    },
    ...change,
  };
}
