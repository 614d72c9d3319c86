import { breakdownRows } from "../../../costs/reports/breakdown-rows.ts";
import type { CostChartView } from "../../../costs/reports/cost-views.ts";
import type { ChartData } from "../../charts/chart-data.ts";
import { ledgerHref } from "../ledger-href.ts";
import type { CostsFilter, Dimension } from "./costs-state.ts";

type Series = CostChartView["series"][number];

/** What belongs to no project, as filters say it. */
const noProject = "-";

/** By what a series is picked and filtered. */
export function keyOf({ key, others }: Pick<Series, "key" | "others">, by: Dimension): string {
  return others ? "" : (key ?? (by === "project" ? noProject : ""));
}

/** What a series is called. */
function labelOf(series: Pick<Series, "key" | "others">, by: Dimension): string {
  if (series.others) return "all others";
  return filterLabel(by, keyOf(series, by));
}

/** What a filter's value is called. */
export function filterLabel(by: Dimension, value: string): string {
  if (by === "project" && value === noProject) return "no project";
  if (by === "model" && (value === "*" || value === "")) return "no model of its own";
  return value;
}

/** Costs as the chart draws them. Pure. */
export function chartOf(chart: CostChartView, by: Dimension): ChartData {
  return {
    boundaries: chart.boundaries,
    series: chart.series.map((series) => ({
      key: keyOf(series, by),
      label: labelOf(series, by),
      values: series.points.map(({ nanoUsd }) => BigInt(nanoUsd)),
      others: series.others || keyOf(series, by) === "",
    })),
  };
}

/** Where a figure of the chart leads; null for the series of all others. Pure. */
export function pointHref(chart: CostChartView, by: Dimension, key: string, place: number): string | null {
  const point = chart.series.find((series) => keyOf(series, by) === key)?.points[place];
  return point?.ledger == null || point.entries === 0 ? null : ledgerHref(point.ledger);
}

/** One row of what the costs came to. */
export interface CostShare {
  readonly key: string;
  readonly label: string;
  readonly nanoUsd: string;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  readonly entries: number;
  readonly href: string | null;
}

/** What each series came to, dearest first. Pure. */
export function costShares(chart: CostChartView, by: Dimension): CostShare[] {
  return breakdownRows(chart).map((row) => ({
    key: keyOf(row, by),
    label: labelOf(row, by),
    ...{ nanoUsd: row.nanoUsd, share: row.share, entries: row.entries },
    href: row.ledger === null ? null : ledgerHref(row.ledger),
  }));
}

/** A share as it is read: "12 %", "0.4 %", "< 0.1 %", "0 %". Pure. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** The filter without what it says of one thing: then its series can still be told apart. Pure. */
export function withoutOwn(filter: CostsFilter, by: Dimension): CostsFilter {
  return { ...filter, [by]: "" };
}
