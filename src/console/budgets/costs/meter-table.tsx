"use client";

import { Skeleton } from "@mantine/core";
import { MoneyText } from "../../format/money-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { FigureLink } from "../figure-link.tsx";
import { meterTotalsQuery, meterTotalsQueryOf } from "./costs.query.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import type { CostsFilter } from "./costs-state.ts";
import classes from "./figure-table.module.css";
import { FigureTable, ShareCell } from "./figure-table.tsx";
import { meterRows } from "./meter-rows.model.ts";

const grouped = new Intl.NumberFormat("en-US");
const head = [
  { text: "Meter" },
  { text: "Quantity", number: true },
  { text: "Unit price", number: true, wide: true },
  { text: "Share", wide: true },
  { text: "Amount", number: true },
];

/** What each meter counted, the price that a unit of it had on average, and what that came to. */
export function MeterTable({ span, filter }: { span: CostsSpan; filter: CostsFilter }) {
  const totals = useLiveQuery(meterTotalsQuery(span, filter));
  if (totals.data === undefined) {
    if (totals.error === null) return <Skeleton height={200} mb="md" />;
    return (
      <FailureState
        title="The meters could not be read"
        error={totals.error}
        onRetry={() => void totals.refetch()}
      />
    );
  }
  const rows = meterRows(totals.data, span, filter);
  return (
    <FigureTable
      title="Meters and what a unit cost"
      beside={
        <ExportMenu
          label="Export the meters"
          path="/api/v1/ledger/totals"
          query={meterTotalsQueryOf(span, filter)}
        />
      }
      head={head}
    >
      {rows.length === 0 && (
        <tr>
          <td colSpan={5}>No meter has counted anything in this time.</td>
        </tr>
      )}
      {rows.map(({ meter, quantity, price, nanoUsd, share, href }) => (
        <tr key={meter}>
          <td>
            {meter}
            <span className={classes.narrow}>{price}</span>
          </td>
          <td className={classes.number}>{grouped.format(quantity)}</td>
          <td className={`${classes.number} ${classes.price} ${classes.quiet} ${classes.wide}`}>{price}</td>
          <ShareCell share={share} wide />
          <td className={classes.number}>
            <FigureLink href={href}>
              <MoneyText nanoUsd={nanoUsd} />
            </FigureLink>
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
