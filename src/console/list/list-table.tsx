import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./list-table.module.css";

/** A column of a list. */
export interface Column<Item> {
  readonly head: string;
  /** Its width, as CSS has it. One column has none: it says what the row is, and takes what is left. */
  readonly width?: string;
  /** Figures and ages: at the end of their column. */
  readonly number?: boolean;
  /** Beside what matters. */
  readonly quiet?: boolean;
  /** What is pressed there stays above the link that covers the row; its head is only read aloud. */
  readonly deeds?: boolean;
  /** On a narrow screen: left out, in a line before the others, or in one after them. Otherwise side by side. */
  readonly narrow?: "hidden" | "lead" | "line";
  readonly cell: (item: Item) => ReactNode;
}

const narrowClass = { hidden: classes.wide, lead: classes.lead, line: classes.line } as const;

function classOf<Item>({ number, quiet, deeds, narrow, width }: Column<Item>, head: boolean): string {
  return [
    number && classes.number,
    !head && quiet && classes.quiet,
    !head && quiet && !number && width !== undefined && classes.cut,
    !head && deeds && classes.above,
    narrow && narrowClass[narrow],
  ]
    .filter(Boolean)
    .join(" ");
}

function Head<Item>({ columns }: { columns: readonly Column<Item>[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.head} className={classOf(column, true)} style={{ width: column.width }}>
            {column.deeds === true ? <span className={classes.spoken}>{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/**
 * A page of a list. One cell of a row is a `RowLink`, to which j and k lead and which the whole row opens.
 * @param props.caption what the list has and in which order, for who hears the page
 * @param props.dimmed while the next page is read
 */
export function ListTable<Item>(props: {
  caption: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
  dimmed: boolean;
}) {
  const { columns, dimmed } = props;
  return (
    <table className={`${classes.table} ${classes.stacked}`} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={classes.spoken}>{props.caption}</caption>
      <Head columns={columns} />
      <tbody>
        {props.items.map((item) => (
          <tr key={props.keyOf(item)} className={classes.row}>
            {columns.map((column) => (
              <td key={column.head} className={classOf(column, false)}>
                {column.cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const rows = Array.from({ length: 8 }, (_, at) => ({ key: at, width: `${35 + ((at * 37) % 45)}%` }));

/** A list while it is read for the first time: the same columns. */
export function ListTableSkeleton<Item>(props: { caption: string; columns: readonly Column<Item>[] }) {
  return (
    <table className={`${classes.table} ${classes.stacked}`} aria-busy="true">
      <caption className={classes.spoken}>{props.caption}: being read</caption>
      <Head columns={props.columns} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={classes.row}>
            {props.columns.map((column) => (
              <td key={column.head} className={classOf(column, false)}>
                <Skeleton
                  height={12}
                  my={4}
                  {...(column.number && { ml: "auto" })}
                  width={column.width === undefined ? row.width : column.number ? 44 : 72}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
