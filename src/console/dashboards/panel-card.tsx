import { Button, Skeleton } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import type { PanelReading, PanelView } from "../../triage/dashboards/panel-view.ts";
import { sentenceOf } from "../api-error.ts";
import type { ChartSpan } from "../charts/chart-data.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { panelQuery } from "./dashboards.query.ts";
import { NowFigures } from "./now-figures.tsx";
import classes from "./panel-card.module.css";
import { panelChart } from "./panel-chart.model.ts";
import type { ShownTime } from "./shown-time.model.ts";

/** What a panel is told. */
export interface PanelCardProps {
  readonly dashboardId: string;
  readonly panel: PanelView;
  readonly time: ShownTime;
  /** "<dashboard>/<panel>/<series>" of the series that is shown alone. */
  readonly pick: string | null;
  readonly onPick: (pick: string | null) => void;
  readonly onShow: (time: ShownTime) => void;
}

/** What is true now is so in whatever time is looked at. */
const present: ShownTime = { kind: "live", range: "24h" };

/** In px. */
const chartHeight = 200;

/** One panel. What is not near to being seen is not read. */
export function PanelCard(props: PanelCardProps) {
  const { dashboardId, panel } = props;
  const time = panel.kind === "now" ? present : props.time;
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const reading = useLiveQuery(
    panelQuery(`${dashboardId}/panels/${panel.id}`, time, entry?.isIntersecting === true),
  );
  const retry = () => void reading.refetch();
  return (
    <article className={classes.card} ref={ref} aria-labelledby={`panel-${dashboardId}-${panel.id}`}>
      <h3 className={classes.title} id={`panel-${dashboardId}-${panel.id}`}>
        {panel.title}
      </h3>
      <p className={classes.tells}>{panel.tells}</p>
      {reading.data !== undefined && reading.error !== null && (
        <StaleNotice error={reading.error} readAtMs={reading.dataUpdatedAt} onRetry={retry} />
      )}
      <div className={classes.figures} data-old={reading.isPlaceholderData}>
        {reading.data !== undefined ? (
          <Figures {...props} reading={reading.data} />
        ) : reading.error === null ? (
          <Skeleton height={panel.kind === "now" ? 80 : chartHeight + 30} />
        ) : (
          <div className={classes.failure} role="alert">
            <p>These figures could not be read. {sentenceOf(reading.error)}</p>
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

function Figures({ reading, ...props }: PanelCardProps & { reading: PanelReading }) {
  const { panel, dashboardId, pick } = props;
  const { timeZone } = useTimeChoice();
  if (panel.kind === "now") return <NowFigures panel={panel} reading={reading} />;
  const prefix = `${dashboardId}/${panel.id}/`;
  const show = ({ from, to }: ChartSpan) =>
    props.onShow({ kind: "fixed", from: new Date(from), to: new Date(to) });
  return (
    <TimeChart
      label={panel.title}
      data={panelChart(panel, reading)}
      unit={panel.unit}
      shape={panel.kind}
      thresholds={panel.thresholds}
      timeZone={timeZone}
      height={chartHeight}
      picked={pick?.startsWith(prefix) ? pick.slice(prefix.length) : null}
      onPick={(key) => props.onPick(key === null ? null : prefix + key)}
      onBrush={show}
    />
  );
}
