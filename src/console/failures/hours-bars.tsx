"use client";

import { Bar, BarChart, YAxis } from "recharts";
import { formatCounted } from "../format/count.ts";
import classes from "./hours-bars.module.css";

/** How often something failed in each of the last hours, the newest at the right. */
export function HoursBars({ hours, label }: { hours: readonly number[]; label: string }) {
  const sum = hours.reduce((total, hour) => total + hour, 0);
  const said = `${label}: ${formatCounted(sum, "failure")} in ${hours.length} hours`;
  return (
    <span className={classes.bars} role="img" aria-label={said}>
      <BarChart
        width={112}
        height={24}
        data={hours.map((failures, hour) => ({ hour, failures }))}
        margin={{ top: 1, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={1}
        accessibilityLayer={false}
      >
        <YAxis hide domain={[0, "dataMax"]} />
        <Bar
          dataKey="failures"
          fill="var(--wb-bad)"
          isAnimationActive={false}
          minPointSize={(failures) => (Number(failures) > 0 ? 2 : 0)}
        />
      </BarChart>
    </span>
  );
}
