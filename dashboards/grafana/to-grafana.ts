import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  CustomVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Dashboard as GrafanaDashboard,
  type Threshold as GrafanaThreshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Dashboard, Panel, Threshold } from "../panel.ts";
import { dataSource, grafanaQuery } from "./query.ts";

/** How Grafana names our units. */
const units = { count: "short", "nano-usd": "currencyUSD", ms: "ms", bytes: "decbytes", percent: "percent" };
const colours = { wait: "orange", bad: "red" } as const;

/** Two panels a row, of Grafana's 24 columns. */
const panelSize = { w: 12, h: 8 };

/** A dashboard as Grafana imports it, over a PostgreSQL data source that is chosen then. */
export function toGrafana(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(`Waybill: ${dashboard.title}`)
    .uid(`waybill-${dashboard.id}`)
    .description(dashboard.tells)
    .tags(["waybill"])
    .timezone("utc")
    .time({ from: "now-24h", to: "now" })
    .refresh("1m")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Database").type(dataSource.type))
    .withVariable(
      new CustomVariableBuilder("bucket")
        .label("Bucket")
        .values("15 minutes,1 hour,1 day,1 week")
        .current({ selected: true, text: "1 hour", value: "1 hour" }),
    );
  for (const panel of dashboard.panels) {
    builder.withPanel(panel.kind === "now" ? statPanel(panel) : timeSeriesPanel(panel));
  }
  return builder.build();
}

function timeSeriesPanel(panel: Panel): TimeSeriesBuilder {
  const bars = panel.kind === "bars";
  const builder = new TimeSeriesBuilder()
    .drawStyle(bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .lineWidth(1)
    .fillOpacity(panel.kind === "line" ? 0 : 70)
    .showPoints(VisibilityMode.Auto)
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        panel.thresholds ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off,
      ),
    )
    .stacking(
      new StackingConfigBuilder().mode(panel.kind === "line" ? StackingMode.None : StackingMode.Normal),
    );
  for (const series of panel.bad ?? []) {
    builder.overrideByName(series, [{ id: "color", value: { mode: "fixed", fixedColor: colours.bad } }]);
  }
  return withCommon(builder, panel);
}

/** Each row of the answer is a figure of its own. */
function statPanel(panel: Panel): StatBuilder {
  const builder = new StatBuilder()
    .graphMode(BigValueGraphMode.None)
    .colorMode(panel.thresholds ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs(["lastNotNull"]));
  return withCommon(builder, panel);
}

function withCommon<Builder extends TimeSeriesBuilder | StatBuilder>(
  builder: Builder,
  panel: Panel,
): Builder {
  builder
    .title(panel.title)
    .description(panel.tells)
    .datasource(dataSource)
    .withTarget(grafanaQuery(panel))
    .unit(units[panel.unit])
    .min(0)
    .noValue("0")
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(thresholdSteps(panel.thresholds ?? [])),
    )
    .span(panelSize.w)
    .height(panelSize.h);
  return builder;
}

/** Grafana's first step has no value: it holds below all others. */
function thresholdSteps(thresholds: readonly Threshold[]): GrafanaThreshold[] {
  return [
    { value: null, color: "blue" },
    ...thresholds.map(({ value, tone }) => ({ value, color: colours[tone] })),
  ];
}
