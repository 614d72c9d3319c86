import { expect, it } from "vitest";
import { budgetSentence, type Draft, draftOf } from "./new-budget.model.ts";

const draft: Draft = {
  scope: "project",
  project: "reports",
  step: "embed",
  window: "month",
  timeZone: "Europe/Berlin",
  limit: "50",
  mode: "hard",
  thresholds: "50, 80",
};

it("asks for what was typed, and for nothing that its scope has not", () => {
  expect(draftOf(draft)).toEqual({
    scope: "project",
    project: "reports",
    window: "month",
    timeZone: "Europe/Berlin",
    limitNanoUsd: "50000000000",
    mode: "hard",
    thresholds: [50, 80],
  });
  expect(draftOf({ ...draft, scope: "deployment" })).not.toHaveProperty("project");
  expect(draftOf({ ...draft, scope: "project-step" })).toMatchObject({ step: "embed" });
  expect(draftOf({ ...draft, window: "hour" })).toMatchObject({ timeZone: "UTC" });
  expect(draftOf({ ...draft, scope: "file", project: null })).not.toHaveProperty("project");
});

it.each([{ limit: "" }, { limit: "much" }, { thresholds: "0" }, { project: null }])(
  "asks for nothing while %o",
  (change) => {
    expect(draftOf({ ...draft, ...change })).toBeNull();
  },
);

it("says what the budget will do", () => {
  const budget = draftOf(draft);
  expect(budget && budgetSentence(budget)).toBe(
    "$50.00 as the monthly budget of project reports. What it has no room for is held, not failed, and goes on by itself.",
  );
});
