import { formatExactly } from "./chart-unit.ts";
import { type DrawnSeries, sumAt } from "./drawn-series.model.ts";
import { bucketText } from "./time-axis.model.ts";
import classes from "./time-chart.module.css";
import type { TimeChartProps } from "./time-chart-props.ts";

/** The exact figures of the bucket that is pointed at; nothing while none is. */
export function ChartTooltip(
  props: Pick<TimeChartProps, "data" | "unit" | "shape"> & {
    drawn: readonly DrawnSeries[];
    timeZone: string;
    place: number | null;
  },
) {
  const { place, data, unit, shape, drawn } = props;
  const [from, to] = place === null ? [] : data.boundaries.slice(place, place + 2);
  if (place === null || from === undefined || to === undefined) return null;
  const told = drawn.filter(({ values }) => shape === "line" || Number(values[place] ?? 0) !== 0);
  // As they lie: the topmost of the stack first.
  const lines = shape === "line" ? told : told.toReversed();
  return (
    <div className={classes.tooltip} role="status">
      <p className={classes.when}>
        {bucketText(from, to, props.timeZone)}
        {data.goesOn === true && place === data.boundaries.length - 2 && ", so far"}
      </p>
      {lines.length === 0 && <p className={classes.none}>nothing</p>}
      <dl className={classes.figures}>
        {lines.map(({ key, label, colour, values }) => (
          <div key={key}>
            <dt>
              <span className={classes.swatch} style={{ background: colour }} aria-hidden="true" />
              {label}
            </dt>
            <dd>{formatExactly(values[place] ?? null, unit)}</dd>
          </div>
        ))}
        {shape !== "line" && lines.length > 1 && (
          <div className={classes.sum}>
            <dt>all</dt>
            <dd>{formatExactly(sumAt(lines, place), unit)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
