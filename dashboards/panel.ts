/**
 * Dashboards as code: what each panel shows and what it means, once for the console and for Grafana. A room of its
 * own that knows names and nothing of the product's code: telemetry/names.ts and the enumerations of db/schema.
 */
export interface Dashboard {
  readonly id: string;
  readonly title: string;
  /** What question it answers, in one sentence. */
  readonly tells: string;
  readonly panels: readonly Panel[];
}

/** What the figures of a panel are; money is nano-USD, times are ms, `percent` is of 100. */
export const panelUnits = ["count", "nano-usd", "ms", "bytes", "percent"] as const;

/** `area` and `bars` are parts of a whole, `line` stands for itself; `now` is not over time. */
export const panelKinds = ["area", "bars", "line", "now"] as const;

/** One question, and the query that answers it. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** What it tells, and what is counted. */
  readonly tells: string;
  readonly unit: (typeof panelUnits)[number];
  readonly kind: (typeof panelKinds)[number];
  /**
   * One SELECT with the places of sql.ts in it. Over time its columns are `time` (the beginning of a bucket),
   * `series` and `value`; for `now` only the latter two. Buckets without a row are empty.
   */
  readonly sql: string;
  /** From which values on somebody should look. */
  readonly thresholds?: readonly Threshold[];
  /** Series that are bad news whatever stands beside them. */
  readonly bad?: readonly string[];
}

/** A value from which on somebody should look (`wait`), or do something (`bad`). */
export interface Threshold {
  readonly value: number;
  readonly tone: "wait" | "bad";
}
