import { expect, it } from "vitest";
import { sampleBudget } from "../../../../tests/support/console/sample-budget.ts";
import { settledHref, underWayHref } from "./budget-links.ts";

it("opens the entries of a budget's subject and window", () => {
  const budget = sampleBudget({ scope: "project-step", step: "embed" });
  expect(settledHref(budget)).toBe(
    "/budgets/ledger?project=reports&step=embed&from=2026-11-01T00%3A00%3A00.000Z&to=2026-12-01T00%3A00%3A00.000Z",
  );
  expect(settledHref(budget, true)).toContain("unreserved=true");
});

it("opens the whole ledger of a budget in total for the deployment", () => {
  const total = sampleBudget({ scope: "deployment", project: null, windowStart: null, windowEnd: null });
  expect(settledHref(total)).toBe("/budgets/ledger");
  expect(underWayHref(total)).toBe("/files?status=queued%2Crunning");
});

it("leads to the file that is nearest to a cap", () => {
  const cap = sampleBudget({
    scope: "file",
    file: { id: "file_9", name: "big.pdf" },
    windowStart: null,
    windowEnd: null,
  });
  expect(settledHref(cap)).toBe("/budgets/ledger?file=file_9");
  expect(underWayHref(cap)).toBe("/files/file_9");
});
