import type { ForecastBudget, HeldStepView } from "../../../src/costs/budgets/budget-view.ts";

/** A budget for tests: $20 of $50 in this month, nothing held. */
export function sampleBudget(change: Partial<ForecastBudget> = {}): ForecastBudget {
  return {
    id: "budget_1",
    name: "monthly budget of project reports",
    scope: "project",
    project: "reports",
    step: null,
    window: "month",
    timeZone: "UTC",
    mode: "hard",
    thresholds: [50, 80, 100],
    limitNanoUsd: "50000000000",
    settledNanoUsd: "20000000000",
    reservedNanoUsd: "0",
    freeNanoUsd: "30000000000",
    unreservedNanoUsd: "0",
    excessNanoUsd: "0",
    windowStart: "2026-11-01T00:00:00.000Z",
    windowEnd: "2026-12-01T00:00:00.000Z",
    file: null,
    accounts: 1,
    holds: { count: 0, oldestSince: null, neededNanoUsd: "0" },
    alerts: [],
    createdAt: "2026-10-01T00:00:00.000Z",
    updatedAt: "2026-10-01T00:00:00.000Z",
    forecast: { basis: "rate", atEndNanoUsd: "31000000000", usedUpAt: null },
    ...change,
  };
}

/** A held step for tests: the embedding of a document that needs $0.00031. */
export function sampleHeldStep(change: Partial<HeldStepView> = {}): HeldStepView {
  return {
    stepId: "step_1",
    step: "embed",
    shard: 0,
    runId: "run_1",
    fileId: "file_1",
    fileName: "lease.pdf",
    project: "reports",
    neededNanoUsd: "310000",
    aboveLimit: false,
    since: "2026-11-25T11:48:00.000Z",
    ...change,
  };
}
