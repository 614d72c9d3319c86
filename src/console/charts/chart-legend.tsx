import { UnstyledButton } from "@mantine/core";
import type { ChartThreshold } from "./chart-data.ts";
import { type ChartUnit, formatMark } from "./chart-unit.ts";
import type { DrawnSeries } from "./drawn-series.model.ts";
import classes from "./time-chart.module.css";

/** The series by name and colour; each can be picked, if anybody listens. */
export function ChartLegend(props: {
  series: readonly DrawnSeries[];
  unit: ChartUnit;
  thresholds: readonly ChartThreshold[];
  picked: string | null;
  onPick: ((key: string | null) => void) | undefined;
}) {
  const { series, picked, onPick } = props;
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, colour, others }) => {
        const swatch = <span className={classes.swatch} style={{ background: colour }} aria-hidden="true" />;
        const dimmed = picked !== null && picked !== key && series.some((each) => each.key === picked);
        return (
          <li key={key} data-dimmed={dimmed}>
            {onPick === undefined || others === true ? (
              <span className={classes.name}>
                {swatch}
                {label}
              </span>
            ) : (
              <UnstyledButton
                className={classes.name}
                aria-pressed={picked === key}
                onClick={() => onPick(picked === key ? null : key)}
              >
                {swatch}
                {label}
              </UnstyledButton>
            )}
          </li>
        );
      })}
      {props.thresholds.map(({ value, tone }) => (
        <li key={value} className={classes.name}>
          <span className={classes.dashes} style={{ borderColor: `var(--wb-${tone})` }} aria-hidden="true" />
          {tone === "bad" ? "act" : "look"} from {formatMark(value, props.unit)} on
        </li>
      ))}
    </ul>
  );
}
