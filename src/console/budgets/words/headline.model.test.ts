import { expect, it } from "vitest";
import { sampleBudget } from "../../../../tests/support/console/sample-budget.ts";
import { budgetsHeadline } from "./headline.model.ts";

const now = new Date("2026-11-25T12:00:00Z");
const holding = sampleBudget({
  id: "budget_2",
  name: "daily budget of the deployment",
  holds: { count: 3, oldestSince: "2026-11-25T11:48:00.000Z", neededNanoUsd: "310000" },
});
const soon = sampleBudget({
  forecast: { basis: "rate", atEndNanoUsd: "60000000000", usedUpAt: "2026-11-28T14:00:00.000Z" },
});

it("says first what is held, since when, and what it needs", () => {
  expect(budgetsHeadline([soon, holding], now)).toEqual({
    state: "held",
    text: "3 steps are held by the daily budget of the deployment, the first 12m ago: they need $0.00031.",
    budgetId: "budget_2",
  });
});

it("names the budget that holds the longest, and counts the others", () => {
  const later = sampleBudget({
    holds: { count: 1, oldestSince: "2026-11-25T11:59:00.000Z", neededNanoUsd: "10000" },
  });
  expect(budgetsHeadline([later, holding], now)).toMatchObject({
    text: "4 steps are held by the daily budget of the deployment and 1 other budget, the first 12m ago: they need $0.00032.",
  });
});

it("says which is the first to be used up", () => {
  expect(budgetsHeadline([sampleBudget({ id: "budget_9" }), soon], now)).toMatchObject({
    state: "soon",
    budgetId: "budget_1",
    text: expect.stringMatching(
      /^Nothing is held\. First to be used up is the monthly budget of project reports: used up Saturday/,
    ),
  });
});

it("says when nothing is wrong", () => {
  expect(budgetsHeadline([sampleBudget()], now)).toMatchObject({ state: "calm", budgetId: null });
});
