import type { PanelReading, PanelView } from "../../triage/dashboards/panel-view.ts";
import type { ChartData, ChartValue } from "../charts/chart-data.ts";

/** A panel's figures as a chart draws them. */
export function panelChart({ unit }: Pick<PanelView, "unit">, reading: PanelReading): ChartData {
  return {
    boundaries: reading.boundaries,
    goesOn: (reading.boundaries.at(-1) ?? "") > reading.readAt,
    series: reading.series.map(({ key, others, bad, values }) => ({
      key,
      label: key,
      others,
      tone: bad ? "bad" : undefined,
      values: values.map((value) => figure(value, unit)),
    })),
  };
}

/** One figure, as it stands now. */
export interface NowFigure {
  readonly key: string;
  readonly value: ChartValue;
  /** The highest threshold that it has reached. */
  readonly tone: "calm" | "wait" | "bad";
}

/** The figures of a panel that is not over time. */
export function nowFigures(
  { unit, thresholds }: Pick<PanelView, "unit" | "thresholds">,
  reading: PanelReading,
): NowFigure[] {
  return reading.series.map(({ key, values: [value = null] }) => ({
    key,
    value: figure(value, unit),
    tone: thresholds.findLast((threshold) => Number(value ?? 0) >= threshold.value)?.tone ?? "calm",
  }));
}

function figure(value: string | null, unit: PanelView["unit"]): ChartValue {
  if (value === null) return null;
  return unit === "nano-usd" ? BigInt(value) : Number(value);
}
