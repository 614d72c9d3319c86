"use client";

import { useElementSize, useMergedRef } from "@mantine/hooks";
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { formatMark } from "./chart-unit.ts";
import { type DrawnSeries, extentOf } from "./drawn-series.model.ts";
import { layersOutOfTab } from "./layers-out-of-tab.ts";
import { timeMarks } from "./time-axis.model.ts";
import classes from "./time-chart.module.css";
import type { TimeChartProps } from "./time-chart-props.ts";
import { useBrush } from "./use-brush.ts";
import { valueMarks } from "./value-axis.model.ts";

/** Narrowest distance of two marks of the time axis, in px. */
const markWidth = 72;
const tick = { fill: "var(--wb-ink-2)" };

type PlotProps = Omit<TimeChartProps, "timeZone" | "height"> & {
  drawn: readonly DrawnSeries[];
  timeZone: string;
  height: number;
};

/** The drawing itself. Nothing in it moves by itself: figures that are read again do not dance. */
export function ChartPlot(props: PlotProps) {
  const { data, unit, shape, drawn, height, timeZone } = props;
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const box = useMergedRef(sized, layersOutOfTab);
  const brush = useBrush(data.boundaries, props.onBrush);
  const { low, high } = extentOf(drawn, shape);
  const marks = valueMarks(low, high, unit);
  const top = marks.at(-1) ?? 1;
  const times = timeMarks(data.boundaries.slice(0, -1), Math.max(2, Math.floor(width / markWidth)), timeZone);
  const labels = new Map(times.map(({ place, label }) => [place, label]));
  const rows = Array.from({ length: data.boundaries.length - 1 }, (_, place) => ({ place }));
  return (
    <div className={classes.plot} style={{ height }} data-brush={props.onBrush !== undefined} ref={box}>
      <ComposedChart
        data={rows}
        width={width}
        height={height}
        margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
        stackOffset="sign"
        barCategoryGap="12%"
        aria-label={`${props.label}: arrow keys read the figures`}
        {...brush.handlers}
      >
        <CartesianGrid vertical={false} stroke="var(--wb-line)" />
        <XAxis
          dataKey="place"
          ticks={times.map(({ place }) => place)}
          interval={0}
          tickFormatter={(place) => labels.get(place) ?? ""}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--wb-line-strong)" }}
          minTickGap={0}
          height={22}
        />
        <YAxis
          domain={[marks[0] ?? 0, top]}
          ticks={marks}
          interval={0}
          tickFormatter={(value) => formatMark(value, unit)}
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
        />
        {props.thresholds
          ?.filter(({ value }) => value <= top)
          .map(({ value, tone }) => (
            <ReferenceLine key={value} y={value} stroke={`var(--wb-${tone})`} strokeDasharray="4 3" />
          ))}
        <Tooltip
          isAnimationActive={false}
          cursor={shape === "bars" ? { fill: "var(--wb-hover)" } : { stroke: "var(--wb-line-strong)" }}
          content={({ active, label }) => (
            <ChartTooltip {...props} place={active && !brush.drawing ? Number(label) : null} />
          )}
        />
        {drawn.map((series) => drawing(series, shape, props.onPick, series.key === props.picked))}
        {brush.chosen && (
          <ReferenceArea
            x1={brush.chosen[0]}
            x2={brush.chosen[1]}
            fill="var(--wb-accent)"
            fillOpacity={0.16}
          />
        )}
      </ComposedChart>
    </div>
  );
}

function drawing(
  series: DrawnSeries,
  shape: TimeChartProps["shape"],
  onPick: TimeChartProps["onPick"],
  isPicked: boolean,
) {
  const { key, label, colour, others, values } = series;
  const pick = onPick !== undefined && others !== true ? () => onPick(isPicked ? null : key) : undefined;
  const common = {
    name: label,
    dataKey: ({ place }: { place: number }) => {
      const value = values[place] ?? null;
      return value === null ? null : Number(value);
    },
    isAnimationActive: false,
    ...(pick === undefined ? {} : { onClick: pick, cursor: "pointer" }),
  };
  switch (shape) {
    case "area":
      return (
        <Area
          key={key}
          {...common}
          stackId="all"
          type="linear"
          stroke={colour}
          strokeWidth={1}
          fill={colour}
          fillOpacity={0.82}
          activeDot={false}
        />
      );
    case "bars":
      return (
        <Bar
          key={key}
          {...common}
          stackId="all"
          fill={colour}
          stroke="var(--wb-sheet)"
          strokeWidth={0.5}
          maxBarSize={36}
        />
      );
    case "line":
      return (
        <Line
          key={key}
          {...common}
          type="linear"
          stroke={colour}
          strokeWidth={1.75}
          dot={values.length > 60 ? false : { r: 1.5, fill: colour }}
          activeDot={{ r: 3.5, stroke: "var(--wb-sheet)" }}
        />
      );
  }
}
