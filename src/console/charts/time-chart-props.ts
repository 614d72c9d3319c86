import type { ChartData, ChartShape, ChartSpan, ChartThreshold } from "./chart-data.ts";
import type { ChartUnit } from "./chart-unit.ts";

/** What a chart of figures over time is told. */
export interface TimeChartProps {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  readonly data: ChartData;
  readonly unit: ChartUnit;
  readonly shape: ChartShape;
  /** IANA name of the zone of its axis. */
  readonly timeZone?: string;
  readonly thresholds?: readonly ChartThreshold[];
  /** In px. */
  readonly height?: number;
  /** What stands in place of a chart that has no figures. */
  readonly emptyText?: string;
  /** The series that is shown alone. */
  readonly picked?: string | null;
  /** A series was clicked; null when it was the picked one. */
  readonly onPick?: (key: string | null) => void;
  /** A span of time was drawn over the chart, or a row of the table chosen. */
  readonly onBrush?: (span: ChartSpan) => void;
  /** Where a figure of the table leads to. */
  readonly hrefOf?: (key: string, place: number) => string | null;
}
