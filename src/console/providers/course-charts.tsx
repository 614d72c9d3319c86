"use client";

import { Skeleton } from "@mantine/core";
import type { ProviderView } from "../../triage/providers/provider-view.ts";
import type { ChartData, ChartShape, ChartSpan } from "../charts/chart-data.ts";
import type { ChartUnit } from "../charts/chart-unit.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import type { ShownTime } from "../dashboards/shown-time.model.ts";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { Loaded } from "../states/loaded.tsx";
import classes from "./course-charts.module.css";
import { callsChart, errorChart, latencyChart } from "./providers.model.ts";
import { courseQuery } from "./providers.query.ts";

/** How a provider answered over the chosen time: calls, the share that failed, and how long they took. */
export function CourseCharts(props: {
  provider: ProviderView;
  time: ShownTime;
  onShow: (time: ShownTime) => void;
}) {
  const { provider, time, onShow } = props;
  const course = useLiveQuery(courseQuery(provider.provider, time));
  const now = useNow();
  const show = ({ from, to }: ChartSpan) => onShow({ kind: "fixed", from: new Date(from), to: new Date(to) });
  return (
    <Loaded
      read={course}
      loading={<Skeleton height={230} />}
      failed={`How ${provider.name} answered could not be read`}
    >
      {(read) => (
        <div className={classes.charts} data-old={course.isPlaceholderData}>
          <Chart
            title="Calls"
            empty="No call in this time."
            data={callsChart(read, now)}
            unit="count"
            shape="bars"
            show={show}
          />
          <Chart
            title="Error rate"
            empty="No call failed in this time."
            data={errorChart(read, now)}
            unit="percent"
            shape="line"
            show={show}
          />
          <Chart
            title="Latency"
            empty="No call in this time."
            data={latencyChart(read, now)}
            unit="ms"
            shape="line"
            show={show}
          />
        </div>
      )}
    </Loaded>
  );
}

function Chart(props: {
  title: string;
  data: ChartData;
  unit: ChartUnit;
  shape: ChartShape;
  empty: string;
  show: (span: ChartSpan) => void;
}) {
  return (
    <article className={classes.card}>
      <h3 className={classes.title}>{props.title}</h3>
      <TimeChart
        label={props.title}
        data={props.data}
        unit={props.unit}
        shape={props.shape}
        height={170}
        emptyText={props.empty}
        onBrush={props.show}
      />
    </article>
  );
}
