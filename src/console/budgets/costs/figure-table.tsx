import type { ReactNode } from "react";
import { shareText } from "./cost-chart.model.ts";
import classes from "./figure-table.module.css";

/** A column of a table; one that is `wide` is left out on a narrow screen. */
interface Column {
  readonly text: string;
  readonly number?: boolean;
  readonly wide?: boolean;
}

/**
 * A titled table of figures.
 * @param props.beside what stands in the line of its title
 */
export function FigureTable(props: {
  title: string;
  note?: string;
  beside?: ReactNode;
  head: readonly Column[];
  children: ReactNode;
}) {
  return (
    <section className={classes.section} aria-label={props.title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{props.title}</h2>
        {props.beside}
      </div>
      {props.note !== undefined && <p className={classes.note}>{props.note}</p>}
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              {props.head.map(({ text, number, wide }) => (
                <th
                  key={text}
                  className={[number && classes.number, wide && classes.wide].filter(Boolean).join(" ")}
                >
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{props.children}</tbody>
        </table>
      </div>
    </section>
  );
}

/** A share as a bar behind its figure. */
export function ShareCell({ share, wide = false }: { share: number; wide?: boolean }) {
  return (
    <td className={wide ? `${classes.share} ${classes.wide}` : classes.share}>
      <span
        className={classes.bar}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
        aria-hidden="true"
      />
      <span className={classes.percent}>{shareText(share)}</span>
    </td>
  );
}
