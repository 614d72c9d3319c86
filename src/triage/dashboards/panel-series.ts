import type { Panel } from "../../../dashboards/panel.ts";
import type { PanelReading } from "./panel-view.ts";

/** A row of a panel's answer: one value of one series, as decimal digits. */
export interface SeriesRow {
  /** The beginning of its bucket; null where the panel is not over time. */
  readonly time: Date | null;
  readonly series: string | null;
  readonly value: string | null;
}

type Series = PanelReading["series"][number];

/** How many lines a panel has; the rest is one line together, or left out where it cannot be added. */
const mostSeries = 12;

/**
 * The series of a panel, the largest first and those that are bad news last. What is counted is zero in a bucket
 * without a row; of a mean nothing is known there.
 */
export function seriesOf(panel: Panel, rows: readonly SeriesRow[], boundaries: readonly Date[]): Series[] {
  const placeOf = new Map(boundaries.map((at, place) => [at.getTime(), place]));
  const bad = new Set(panel.bad);
  const empty = panel.kind === "line" || panel.kind === "now" ? null : "0";
  const groups = Map.groupBy(rows, ({ series }) => series ?? "none");
  const all = [...groups].map(([key, group]) => {
    const values = Array.from({ length: Math.max(1, boundaries.length - 1) }, (): string | null => empty);
    for (const { time, value } of group) {
      const place = time === null ? 0 : placeOf.get(time.getTime());
      if (place !== undefined && place < values.length) values[place] = value;
    }
    return { key, others: false, bad: bad.has(key), values };
  });
  if (panel.kind === "now") return all;
  const ranked = all
    .map((series) => ({ series, size: sizeOf(series) }))
    .sort((a, b) => Number(a.series.bad) - Number(b.series.bad) || b.size - a.size)
    .map(({ series }) => series);
  if (ranked.length <= mostSeries) return ranked;
  const rest = ranked.slice(mostSeries - 1);
  return [...ranked.slice(0, mostSeries - 1), ...(panel.kind === "line" ? [] : [together(panel, rest)])];
}

function sizeOf({ values }: Series): number {
  return values.reduce((sum, value) => sum + Number(value ?? 0), 0);
}

function together({ unit }: Panel, rest: readonly Series[]): Series {
  const [first] = rest;
  const values = (first?.values ?? []).map((_, place) => {
    const each = rest.map(({ values: of }) => of[place] ?? "0");
    // Amounts of money are whole, and may be more than a JavaScript number holds exactly.
    if (unit === "nano-usd") return each.reduce((sum, value) => sum + BigInt(value), 0n).toString();
    return each.reduce((sum, value) => sum + Number(value), 0).toString();
  });
  return { key: "others", others: true, bad: false, values };
}
