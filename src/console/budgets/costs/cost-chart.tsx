"use client";

import { Skeleton } from "@mantine/core";
import { useQueryState } from "nuqs";
import type { CostChartView } from "../../../costs/reports/cost-views.ts";
import type { ChartSpan } from "../../charts/chart-data.ts";
import { TimeChart } from "../../charts/time-chart.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { ChoiceRow } from "../../list/choice-row.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { FigureLink } from "../figure-link.tsx";
import { ledgerHref } from "../ledger-href.ts";
import { BreakdownTable } from "./breakdown-table.tsx";
import { chartOf, keyOf, pointHref, withoutOwn } from "./cost-chart.model.ts";
import classes from "./cost-chart.module.css";
import { costChartQuery, costChartQueryOf } from "./costs.query.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import { type CostsFilter, costsState, type Dimension, dimensions } from "./costs-state.ts";

const words: Readonly<Record<Dimension, string>> = {
  step: "By step",
  meter: "By meter",
  model: "By model",
  project: "By project",
};

/** Costs over time and what they came to; a series is picked by a click, a time by drawing over the chart. */
export function CostChart(props: {
  by: Dimension;
  span: CostsSpan;
  filter: CostsFilter;
  onPick: (key: string | null) => void;
  onBrush: (span: ChartSpan) => void;
}) {
  const { by, filter } = props;
  const [, setBy] = useQueryState("by", costsState.by.withOptions({ history: "push" }));
  const { timeZone } = useTimeChoice();
  const asked = { span: props.span, by, timeZone };
  const drawn = { ...asked, filter: withoutOwn(filter, by) };
  const all = useLiveQuery(costChartQuery(drawn));
  // A series that is not among the dearest has no line of its own until it is asked for alone.
  const hidden = filter[by] !== "" && all.data?.series.every((series) => keyOf(series, by) !== filter[by]);
  const alone = useLiveQuery({ ...costChartQuery({ ...asked, filter }), enabled: hidden === true });
  const chart = hidden === true ? alone : all;
  return (
    <section className={classes.section} aria-label="Costs over time">
      <div className={classes.head}>
        <h2 className={classes.title}>
          Over time{chart.data && <Total chart={chart.data} by={by} picked={filter[by]} />}
        </h2>
        <div className={classes.tools}>
          <ChoiceRow
            legend="Told apart"
            choices={dimensions.map((name) => ({ value: name, label: words[name] }))}
            value={by}
            onChange={(name) => void setBy(name)}
          />
          <ExportMenu
            label="Export the breakdown"
            path="/api/v1/costs"
            query={costChartQueryOf(hidden === true ? { ...asked, filter } : drawn)}
          />
        </div>
      </div>
      {chart.data === undefined ? (
        chart.error === null ? (
          <Skeleton height={300} />
        ) : (
          <FailureState
            title="The chart could not be read"
            error={chart.error}
            onRetry={() => void chart.refetch()}
          />
        )
      ) : (
        <Drawn {...props} chart={chart.data} timeZone={timeZone} dimmed={chart.isPlaceholderData} />
      )}
    </section>
  );
}

function Drawn(
  props: Parameters<typeof CostChart>[0] & {
    chart: CostChartView;
    timeZone: string;
    dimmed: boolean;
  },
) {
  const { chart, by, filter, onPick } = props;
  const picked = filter[by] === "" ? null : filter[by];
  return (
    <div className={classes.both} data-dimmed={props.dimmed} data-empty={chart.series.length === 0}>
      <TimeChart
        label={`costs ${words[by].toLowerCase()}`}
        data={chartOf(chart, by)}
        unit="nano-usd"
        shape="bars"
        timeZone={props.timeZone}
        height={260}
        emptyText="Nothing was charged in this time."
        picked={picked}
        onPick={onPick}
        onBrush={props.onBrush}
        hrefOf={(key, place) => pointHref(chart, by, key, place)}
      />
      <BreakdownTable chart={chart} by={by} picked={picked} onPick={onPick} />
    </div>
  );
}

function Total({ chart, by, picked }: { chart: CostChartView; by: Dimension; picked: string }) {
  const one = picked === "" ? undefined : chart.series.find((series) => keyOf(series, by) === picked);
  const { nanoUsd, ledger } = one ?? chart;
  const money = <MoneyText nanoUsd={nanoUsd} />;
  return (
    <span className={classes.total}>
      <FigureLink href={ledger === null ? null : ledgerHref(ledger)}>{money}</FigureLink>
    </span>
  );
}
