import { expect, it } from "vitest";
import type { PanelReading } from "../../triage/dashboards/panel-view.ts";
import { nowFigures, panelChart } from "./panel-chart.model.ts";

const reading = (series: [key: string, bad: boolean, values: (string | null)[]][]): PanelReading => ({
  readAt: "2026-03-01T12:00:00.000Z",
  bucket: "hour",
  boundaries: ["2026-03-01T10:00:00.000Z", "2026-03-01T11:00:00.000Z", "2026-03-01T12:00:00.000Z"],
  series: series.map(([key, bad, values]) => ({ key, bad, others: false, values })),
});

it("keeps every nano-USD, and knows nothing from zero", () => {
  const data = panelChart({ unit: "nano-usd" }, reading([["embed", false, ["9007199254740993", null]]]));
  expect(data.series[0]?.values).toEqual([9_007_199_254_740_993n, null]);
  expect(panelChart({ unit: "ms" }, reading([["mean", false, ["12.5", null]]])).series[0]?.values).toEqual([
    12.5,
    null,
  ]);
});

it("says when the last bucket is not over yet", () => {
  const over = reading([]);
  expect(panelChart({ unit: "count" }, over).goesOn).toBe(false);
  expect(panelChart({ unit: "count" }, { ...over, readAt: "2026-03-01T11:59:59.999Z" }).goesOn).toBe(true);
});

it("says which series are bad news", () => {
  const data = panelChart(
    { unit: "count" },
    reading([
      ["succeeded", false, ["1", "2"]],
      ["failed", true, ["0", "1"]],
    ]),
  );
  expect(data.series.map(({ tone }) => tone)).toEqual([undefined, "bad"]);
});

it("marks a present figure by the highest threshold that it has reached", () => {
  const thresholds = [
    { value: 1, tone: "wait" as const },
    { value: 100, tone: "bad" as const },
  ];
  const figures = nowFigures(
    { unit: "count", thresholds },
    reading([
      ["a", false, ["0"]],
      ["b", false, ["1"]],
      ["c", false, ["100"]],
    ]),
  );
  expect(figures.map(({ tone }) => tone)).toEqual(["calm", "wait", "bad"]);
});
