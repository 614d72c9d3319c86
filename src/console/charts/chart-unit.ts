import { formatBytes, formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatMoney, formatMoneyExactly } from "../format/money.ts";
import type { ChartValue } from "./chart-data.ts";

/** What the figures of a chart are. `percent` is of 100. */
export type ChartUnit = "count" | "nano-usd" | "ms" | "bytes" | "percent";

/** A figure as it is read at a glance, such as the present one of a panel. */
export function formatValue(value: ChartValue, unit: ChartUnit): string {
  if (value === null) return "–";
  switch (unit) {
    case "count":
      return formatCount(Number(value));
    case "nano-usd":
      return formatMoney(whole(value));
    case "ms":
      return formatDuration(Number(value));
    case "bytes":
      return formatBytes(Number(value));
    case "percent":
      return `${trimmed(Number(value))} %`;
  }
}

/** A round figure, as an axis has it: "5 min", "50 MB". */
export function formatMark(value: number, unit: ChartUnit): string {
  return formatValue(value, unit)
    .replace(/ 00 (s|min)$/, "")
    .replace(/\.0 /, " ");
}

/** A figure with every digit that it has, for tooltips and tables. */
export function formatExactly(value: ChartValue, unit: ChartUnit): string {
  if (value === null) return "–";
  if (unit === "nano-usd") return formatMoneyExactly(whole(value));
  if (unit === "bytes") return `${formatCount(Number(value))} B`;
  return formatValue(value, unit);
}

function whole(value: number | bigint): bigint {
  return typeof value === "bigint" ? value : BigInt(Math.round(value));
}

function trimmed(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1).replace(/\.?0+$/, "");
}
