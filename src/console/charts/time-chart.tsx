"use client";

import { UnstyledButton } from "@mantine/core";
import { IconChartAreaLine, IconTable } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ChartLegend } from "./chart-legend.tsx";
import { ChartTable } from "./chart-table.tsx";
import { drawnSeries, hasFigures } from "./drawn-series.model.ts";
import classes from "./time-chart.module.css";
import type { TimeChartProps } from "./time-chart-props.ts";

// Drawing is the heaviest part of a page: its words are there before it.
const ChartPlot = dynamic(() => import("./chart-plot.tsx").then((plot) => plot.ChartPlot), { ssr: false });

/** Figures over time: drawn, or as a table; by mouse or keyboard a time is looked into and a series picked. */
export function TimeChart(props: TimeChartProps) {
  const { data, picked = null, height = 200, timeZone = "UTC" } = props;
  const [asTable, setAsTable] = useState(false);
  const drawn = drawnSeries(data.series, picked);
  if (!hasFigures(data)) {
    return (
      <p className={classes.empty} style={{ height }}>
        {props.emptyText ?? "Nothing was counted in this time."}
      </p>
    );
  }
  return (
    <figure className={classes.chart} aria-label={props.label}>
      {asTable ? (
        <ChartTable {...props} timeZone={timeZone} height={height} />
      ) : (
        <div style={{ minHeight: height }}>
          <ChartPlot {...props} drawn={drawn} timeZone={timeZone} height={height} />
        </div>
      )}
      <div className={classes.foot}>
        <ChartLegend
          series={drawnSeries(data.series, null)}
          unit={props.unit}
          thresholds={props.thresholds ?? []}
          picked={picked}
          onPick={props.onPick}
        />
        <UnstyledButton
          className={classes.switch}
          onClick={() => setAsTable(!asTable)}
          aria-label={`${asTable ? "Chart" : "Table"} of ${props.label}`}
        >
          {asTable ? <IconChartAreaLine size={14} stroke={1.75} /> : <IconTable size={14} stroke={1.75} />}
          {asTable ? "Chart" : "Table"}
        </UnstyledButton>
      </div>
    </figure>
  );
}
