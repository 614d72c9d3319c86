/** One figure of a chart; null where nothing is known. Amounts of money are bigints of nano-USD. */
export type ChartValue = number | bigint | null;

/** One line of a chart, with a value for each bucket of time. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly values: readonly ChartValue[];
  /** For series that are bad whatever stands beside them. Good ones have the palette: red and green look alike to many. */
  readonly tone?: "bad" | undefined;
  /** True for what is many series together and cannot be picked. */
  readonly others?: boolean | undefined;
}

/** What a chart draws. */
export interface ChartData {
  /** The times between the buckets, ISO 8601, ascending: one more than each series has values. */
  readonly boundaries: readonly string[];
  /** The most important first: it lies at the bottom and has the accent. */
  readonly series: readonly ChartSeries[];
  /** True where the last bucket is not over yet, so that its figures say less than those before. */
  readonly goesOn?: boolean;
}

/** A span of time, ISO 8601. */
export interface ChartSpan {
  readonly from: string;
  readonly to: string;
}

/** `area` and `bars` stack the series, as parts of a whole; `line` draws each by itself. */
export type ChartShape = "area" | "bars" | "line";

/** A value that is looked out for. */
export interface ChartThreshold {
  readonly value: number;
  readonly tone: "wait" | "bad";
}
