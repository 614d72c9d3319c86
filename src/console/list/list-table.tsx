"use client";

import { Skeleton } from "@mantine/core";
import { type RowData, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { PageBox, RowBox } from "./choose/choose-boxes.tsx";
import { selectedRows } from "./choose/chosen.model.ts";
import type { Choosing } from "./choose/use-chosen.ts";
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
  /**
   * On a narrow screen: left out (`roomy`: where there is little room, too), in a line before the others, or in one
   * after them. Otherwise side by side.
   */
  readonly narrow?: "hidden" | "roomy" | "lead" | "line";
  readonly cell: (item: Item) => ReactNode;
}

const narrowClass = {
  hidden: classes.wide,
  roomy: classes.roomy,
  lead: classes.lead,
  line: classes.line,
} as const;

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

/** The head of a table; `box`: where rows can be chosen, the one of the whole page. */
function Head<Item>({ columns, box }: { columns: readonly Column<Item>[]; box?: ReactNode }) {
  return (
    <thead>
      <tr>
        {box === null && <td className={classes.choose} />}
        {box !== undefined && box !== null && <th className={classes.choose}>{box}</th>}
        {columns.map((column) => (
          <th key={column.head} className={classOf(column, true)} style={{ width: column.width }}>
            {column.deeds === true ? <span className={classes.spoken}>{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The server filters, orders and pages; what is left to the table is what its rows are and which are chosen. */
const features = tableFeatures({ rowSelectionFeature });
const none: Readonly<Record<string, true>> = {};

/**
 * A page of a list. One cell of a row is a `RowLink`, to which j and k lead and which the whole row opens.
 * @param props.caption what the list has and in which order, for who hears the page
 * @param props.dimmed while the next page is read
 * @param props.choosing where rows can be chosen: each has a box
 */
export function ListTable<Item extends RowData>(props: {
  caption: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
  dimmed: boolean;
  choosing?: Choosing<Item>;
}) {
  const { columns, dimmed, keyOf, choosing } = props;
  const defs = useMemo(() => columns.map(({ head }) => ({ id: head })), [columns]);
  const table = useTable({
    features,
    columns: defs,
    data: props.items,
    getRowId: keyOf,
    state: { rowSelection: choosing === undefined ? none : selectedRows(props.items, keyOf, choosing) },
  });
  const byHead = new Map(columns.map((column) => [column.head, column]));
  return (
    <table className={`${classes.table} ${classes.stacked}`} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={classes.spoken}>{props.caption}</caption>
      <Head columns={columns} {...(choosing !== undefined && { box: <PageBox choosing={choosing} /> })} />
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} className={classes.row} data-row={row.id} data-chosen={row.getIsSelected()}>
            {choosing !== undefined && (
              <td className={classes.choose}>
                <RowBox item={row.original} chosen={row.getIsSelected()} choosing={choosing} />
              </td>
            )}
            {row.getAllCells().map((cell) => {
              const column = byHead.get(cell.column.id);
              return (
                <td key={cell.id} className={column && classOf(column, false)} data-deeds={column?.deeds}>
                  {column?.cell(row.original)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const rows = Array.from({ length: 8 }, (_, at) => ({ key: at, width: `${35 + ((at * 37) % 45)}%` }));

/** A list while it is read for the first time: the same columns. */
export function ListTableSkeleton<Item>(props: {
  caption: string;
  columns: readonly Column<Item>[];
  choose?: boolean;
}) {
  return (
    <table className={`${classes.table} ${classes.stacked}`} aria-busy="true">
      <caption className={classes.spoken}>{props.caption}: being read</caption>
      <Head columns={props.columns} {...(props.choose === true && { box: null })} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={classes.row}>
            {props.choose === true && <td className={classes.choose} />}
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
