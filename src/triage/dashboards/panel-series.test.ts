import { describe, expect, it } from "vitest";
import type { Panel } from "../../../dashboards/panel.ts";
import { seriesOf } from "./panel-series.ts";

const panel = (over: Partial<Panel> = {}): Panel => ({
  id: "a",
  title: "A",
  tells: "",
  unit: "count",
  kind: "bars",
  sql: "",
  ...over,
});
const hours = [0, 1, 2].map((hour) => new Date(Date.UTC(2026, 2, 1, hour)));
const row = (hour: number, series: string, value: string) => ({ time: hours[hour] ?? null, series, value });

describe("the series of a panel", () => {
  it("are the largest first, and zero where nothing was counted", () => {
    const rows = [row(0, "few", "1"), row(0, "many", "2"), row(1, "many", "3")];
    expect(seriesOf(panel(), rows, hours)).toMatchObject([
      { key: "many", values: ["2", "3"] },
      { key: "few", values: ["1", "0"] },
    ]);
  });

  it("are unknown where a mean has nothing to be a mean of", () => {
    expect(seriesOf(panel({ kind: "line" }), [row(1, "mean", "7")], hours)).toMatchObject([
      { values: [null, "7"] },
    ]);
  });

  it("have what is bad news on top, however much it is", () => {
    const rows = [row(0, "failed", "9"), row(0, "succeeded", "1")];
    expect(seriesOf(panel({ bad: ["failed"] }), rows, hours)).toMatchObject([
      { key: "succeeded", bad: false },
      { key: "failed", bad: true },
    ]);
  });

  it("are twelve at most, the rest together to the last nano-USD", () => {
    const amounts = Array.from({ length: 15 }, (_, n) => `${9_007_199_254_740_993n * BigInt(15 - n)}`);
    const rows = amounts.map((amount, n) => row(0, `s${n}`, amount));
    const all = seriesOf(panel({ kind: "area", unit: "nano-usd" }), rows, hours);
    expect(all).toHaveLength(12);
    expect(all.at(-1)).toMatchObject({ key: "others", others: true });
    const sum = (values: readonly (string | null)[]) =>
      values.reduce((total, value) => total + BigInt(value ?? 0), 0n);
    expect(sum(all.flatMap(({ values }) => values))).toBe(sum(amounts));
  });

  it("keep the order of the query where they are not over time", () => {
    const now = [
      { time: null, series: "late", value: "1" },
      { time: null, series: "held", value: "5" },
    ];
    expect(seriesOf(panel({ kind: "now" }), now, []).map(({ key, values }) => [key, values])).toEqual([
      ["late", ["1"]],
      ["held", ["5"]],
    ]);
  });
});
