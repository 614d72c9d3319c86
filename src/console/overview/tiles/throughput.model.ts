import type { Read } from "../../../triage/overview/overview-view.ts";
import type { ChartData } from "../../charts/chart-data.ts";

const hourMs = 3_600_000;

/** A pace with the digits that it needs: "0.25", "3.4", "120". */
export function perMinuteText(perMinute: number): string {
  if (perMinute === 0) return "0";
  if (perMinute < 0.1) return "< 0.1";
  return perMinute.toLocaleString("en-US", { maximumSignificantDigits: perMinute < 100 ? 2 : 3 });
}

/** How the pace stands against the same hour of the day before, and how much of it fails. Pure. */
export function paceText(throughput: Read<"throughput">): string {
  const { perMinute, dayBeforePerMinute, failedPerMinute } = throughput;
  const before =
    dayBeforePerMinute === 0
      ? "None was in the same hour of the day before."
      : `It was ${perMinuteText(dayBeforePerMinute)} in the same hour of the day before${changeText(perMinute / dayBeforePerMinute)}.`;
  if (failedPerMinute === 0) return before;
  return `${before} ${Math.max(1, Math.round((failedPerMinute / perMinute) * 100))} % of them fail.`;
}

function changeText(ratio: number): string {
  const percent = Math.round((ratio - 1) * 100);
  if (Math.abs(percent) < 5) return ", about the same";
  return percent > 0 ? `: ${percent} % more now` : `: ${-percent} % less now`;
}

/** The hours as a chart. */
export function doneChart({ hours }: Read<"throughput">): ChartData {
  const starts = hours.map(({ at }) => at);
  const last = starts.at(-1);
  const any = (key: "succeeded" | "failed") => hours.some((hour) => hour[key] > 0);
  const seriesOf = (key: "succeeded" | "failed", tone?: "bad") => ({
    key,
    label: key,
    tone,
    values: hours.map((hour) => hour[key]),
  });
  return {
    boundaries: last === undefined ? [] : [...starts, new Date(Date.parse(last) + hourMs).toISOString()],
    goesOn: true,
    series: [
      ...(any("succeeded") ? [seriesOf("succeeded")] : []),
      ...(any("failed") ? [seriesOf("failed", "bad")] : []),
    ],
  };
}
