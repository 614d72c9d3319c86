import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import type { ChartSeries } from "./chart-data.ts";
import classes from "./chart-table.module.css";
import { formatExactly } from "./chart-unit.ts";
import { sumAt } from "./drawn-series.model.ts";
import { bucketText } from "./time-axis.model.ts";
import type { TimeChartProps } from "./time-chart-props.ts";

type TableProps = Omit<TimeChartProps, "timeZone" | "height"> & { timeZone: string; height: number };

/** The figures of a chart, every series by itself, oldest first. */
export function ChartTable(props: TableProps) {
  const { data, picked, shape } = props;
  const one = data.series.filter(({ key }) => key === picked);
  const series = one.length > 0 ? one : data.series;
  const withSum = shape !== "line" && series.length > 1;
  return (
    <section
      className={classes.scroll}
      style={{ height: props.height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard to be scrolled
      tabIndex={0}
      aria-label={`Figures of ${props.label}`}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            {withSum && <th scope="col">all</th>}
          </tr>
        </thead>
        <tbody>
          {data.boundaries.slice(0, -1).map((from, place) => (
            <Row key={from} {...props} series={series} place={place} withSum={withSum} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row(props: TableProps & { series: readonly ChartSeries[]; place: number; withSum: boolean }) {
  const { data, place, onBrush, unit } = props;
  const [from = "", to = ""] = data.boundaries.slice(place, place + 2);
  const text = bucketText(from, to, props.timeZone);
  return (
    <tr>
      <th scope="row">
        {onBrush === undefined ? (
          text
        ) : (
          <UnstyledButton className={classes.time} onClick={() => onBrush({ from, to })}>
            {text}
          </UnstyledButton>
        )}
      </th>
      {props.series.map(({ key, values }) => {
        const figure = formatExactly(values[place] ?? null, unit);
        const href = props.hrefOf?.(key, place) ?? null;
        return <td key={key}>{href === null ? figure : <Link href={href}>{figure}</Link>}</td>;
      })}
      {props.withSum && <td>{formatExactly(sumAt(props.series, place), unit)}</td>}
    </tr>
  );
}
