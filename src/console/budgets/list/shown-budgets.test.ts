import { expect, it } from "vitest";
import { sampleBudget } from "../../../../tests/support/console/sample-budget.ts";
import { countKinds, shownBudgets } from "./shown-budgets.ts";

const calm = sampleBudget({ id: "calm" });
const holding = sampleBudget({
  id: "holding",
  project: "contracts",
  holds: { count: 2, oldestSince: "2026-11-25T11:48:00.000Z", neededNanoUsd: "310000" },
});
const alerted = sampleBudget({
  id: "alerted",
  project: null,
  scope: "deployment",
  alerts: [{ percent: 50, at: "2026-11-20T00:00:00.000Z" }],
});
const all = [calm, holding, alerted];

it.each([
  ["", "all", ["calm", "holding", "alerted"]],
  ["contracts", "all", ["holding"]],
  ["", "holding", ["holding"]],
  ["", "alerted", ["alerted"]],
  ["reports", "holding", []],
] as const)("shows of project %j and kind %s", (project, show, ids) => {
  expect(shownBudgets(all, { project, show }).map(({ id }) => id)).toEqual(ids);
});

it("counts each kind", () => {
  expect(countKinds(all)).toEqual({ all: 3, holding: 1, alerted: 1 });
});
