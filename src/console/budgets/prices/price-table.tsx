"use client";

import { Fragment } from "react";
import folding from "../folding-table.module.css";
import { useInSight } from "../use-in-sight.ts";
import type { PriceLine } from "./price-book.model.ts";
import { PriceHistory } from "./price-history.tsx";
import { PriceRow } from "./price-row.tsx";
import classes from "./price-table.module.css";

/** The head of the book; its columns hold for the rows and for the skeleton. */
export function PriceTableHead() {
  return (
    <thead>
      <tr>
        <th className={classes.what}>What</th>
        <th className={classes.price}>Price</th>
        <th className={classes.since}>Since</th>
        <th className={classes.source}>Source</th>
        <th className={classes.deeds}>
          <span className={folding.spoken}>Entries and correction</span>
        </th>
      </tr>
    </thead>
  );
}

/** What everything costs now; a row unfolds its history. */
export function PriceTable(props: {
  lines: readonly PriceLine[];
  open: string | null;
  onOpen: (key: string | null) => void;
  onChange: (key: string) => void;
}) {
  const shown = useInSight<HTMLTableRowElement>();
  return (
    <table className={folding.table}>
      <caption className={folding.spoken}>Prices by meter, provider and model</caption>
      <PriceTableHead />
      <tbody>
        {props.lines.map((line) => {
          const open = line.key === props.open;
          return (
            <Fragment key={line.key}>
              <PriceRow
                line={line}
                lines={props.lines}
                open={open}
                shown={open ? shown : null}
                onOpen={() => props.onOpen(open ? null : line.key)}
                onChange={() => props.onChange(line.key)}
              />
              {open && (
                <tr className={folding.unfolded}>
                  <td colSpan={5} className={classes.unfolded}>
                    <PriceHistory line={line} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
