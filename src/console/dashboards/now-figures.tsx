import { IconAlertTriangle } from "@tabler/icons-react";
import type { PanelReading, PanelView } from "../../triage/dashboards/panel-view.ts";
import { formatValue } from "../charts/chart-unit.ts";
import classes from "./now-figures.module.css";
import { nowFigures } from "./panel-chart.model.ts";

const toneWords = { wait: "needs a look", bad: "needs help" } as const;

/** Figures that are true now, and of no other time. */
export function NowFigures({ panel, reading }: { panel: PanelView; reading: PanelReading }) {
  const figures = nowFigures(panel, reading);
  if (figures.length === 0) return <p className={classes.none}>None.</p>;
  return (
    <dl className={classes.figures}>
      {figures.map(({ key, value, tone }) => (
        <div key={key} data-tone={tone}>
          <dt>{key}</dt>
          <dd>
            {formatValue(value, panel.unit)}
            {tone !== "calm" && (
              <IconAlertTriangle size={16} stroke={1.75} role="img" aria-label={toneWords[tone]} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
