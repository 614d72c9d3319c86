"use client";

import { Bar, BarChart, YAxis } from "recharts";

/** The bars of `HoursBars`. */
export function DrawnHours({ hours }: { hours: readonly number[] }) {
  return (
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
  );
}
