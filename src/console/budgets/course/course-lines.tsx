"use client";

import { useElementSize } from "@mantine/hooks";
import { Area, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from "recharts";
import type { Course } from "./course.model.ts";
import classes from "./course-chart.module.css";

/** The lines of the chart, from edge to edge: what they mean stands above, when they are below. */
export function CourseLines({ course }: { course: Course }) {
  const { ref: box, width, height } = useElementSize<HTMLDivElement>();
  const { settled, expected, limitY, nowX, usedUpX } = course;
  const rows = [
    ...settled.map(({ x, y }) => ({ x, settled: y })),
    ...expected.map(({ x, y }) => ({ x, expected: y })),
  ];
  const line = {
    type: "linear",
    stroke: "var(--wb-accent)",
    strokeWidth: 2,
    isAnimationActive: false,
  } as const;
  return (
    <div className={classes.lines} ref={box} aria-hidden="true">
      <ComposedChart
        data={rows}
        width={width}
        height={height}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis type="number" dataKey="x" domain={[0, 1]} hide />
        <YAxis type="number" domain={[0, 1]} reversed hide allowDataOverflow />
        <Area {...line} dataKey="settled" baseValue={1} fill="var(--wb-accent-soft)" fillOpacity={1} />
        <Line {...line} dataKey="expected" strokeDasharray="5 4" dot={false} />
        <ReferenceLine y={limitY} stroke="var(--wb-ink)" />
        <ReferenceLine x={nowX} stroke="var(--wb-line-strong)" />
        {usedUpX !== null && (
          <ReferenceLine
            segment={[
              { x: usedUpX, y: limitY },
              { x: usedUpX, y: 1 },
            ]}
            stroke="var(--wb-wait)"
            strokeDasharray="2 3"
          />
        )}
      </ComposedChart>
    </div>
  );
}
