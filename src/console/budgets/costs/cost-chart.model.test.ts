import { expect, it } from "vitest";
import type { CostChartView } from "../../../costs/reports/cost-views.ts";
import { chartOf, costShares, pointHref, shareText } from "./cost-chart.model.ts";

const point = (nanoUsd: string, ledger: string | null) => ({
  nanoUsd,
  entries: nanoUsd === "0" ? 0 : 2,
  ledger,
});
const chart: CostChartView = {
  boundaries: ["2026-11-24T00:00:00.000Z", "2026-11-25T00:00:00.000Z", "2026-11-26T00:00:00.000Z"],
  nanoUsd: "1000",
  ledger: "",
  series: [
    {
      key: "reports",
      others: false,
      nanoUsd: "600",
      ledger: "project=reports",
      points: [point("600", "project=reports&from=a"), point("0", "project=reports&from=b")],
    },
    {
      key: null,
      others: false,
      nanoUsd: "300",
      ledger: "project=-",
      points: [point("100", "project=-&from=a"), point("200", "project=-&from=b")],
    },
    {
      key: null,
      others: true,
      nanoUsd: "100",
      ledger: null,
      points: [point("100", null), point("0", null)],
    },
  ],
};

it("tells what belongs to none from all others", () => {
  expect(chartOf(chart, "project").series.map(({ key, label, others }) => [key, label, others])).toEqual([
    ["reports", "reports", false],
    ["-", "no project", false],
    ["", "all others", true],
  ]);
});

it("leads from each figure to its entries, and from none that has no entries of its own", () => {
  expect(pointHref(chart, "project", "reports", 0)).toBe("/budgets/ledger?project=reports&from=a");
  expect(pointHref(chart, "project", "reports", 1)).toBeNull();
  expect(pointHref(chart, "project", "-", 1)).toBe("/budgets/ledger?project=-&from=b");
  expect(pointHref(chart, "project", "", 0)).toBeNull();
});

it("says what each came to, and which part of the whole that is", () => {
  expect(costShares(chart, "project").map(({ label, share, entries }) => [label, share, entries])).toEqual([
    ["reports", 0.6, 2],
    ["no project", 0.3, 4],
    ["all others", 0.1, 2],
  ]);
});

it.each([
  [0, "0 %"],
  [0.0004, "< 0.1 %"],
  [0.0042, "0.4 %"],
  [0.05, "5 %"],
  [0.123, "12 %"],
  [1, "100 %"],
])("reads a share of %d as %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});
