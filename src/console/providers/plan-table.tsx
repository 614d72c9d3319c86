"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import { FigureTable, ShareCell } from "../budgets/costs/figure-table.tsx";
import { ledgerHref } from "../budgets/ledger-href.ts";
import { formatCount } from "../format/count.ts";
import { MoneyText } from "../format/money-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { Loaded } from "../states/loaded.tsx";
import { planUses } from "./plan-use.model.ts";
import classes from "./providers.module.css";
import { billQuery } from "./providers.query.ts";

/** What was used this month of each meter, against what the providers' plans include. */
export function PlanTable() {
  const bill = useLiveQuery(billQuery);
  return (
    <Loaded read={bill} loading={<Skeleton height={160} />} failed="This month's use could not be read">
      {(read) => {
        const uses = planUses(read);
        if (uses.length === 0)
          return <EmptyState title="Nothing was used this month" text="No meter has counted anything yet." />;
        return (
          <FigureTable
            title={`Quota in ${read.month}`}
            note="What each meter counted this month, and how much of it the provider's plan includes."
            beside={<ExportMenu label="Export the quota" path="/api/v1/costs/bill" query={{}} />}
            head={[
              { text: "Provider" },
              { text: "Meter", wide: true },
              { text: "Used", number: true },
              { text: "Included", number: true, wide: true },
              { text: "Of the plan" },
              { text: "Beyond it", number: true, wide: true },
            ]}
          >
            {uses.map((use) => (
              <tr key={use.key}>
                <td>
                  {use.name}
                  <span className={classes.narrow}>{use.meter}</span>
                </td>
                <td className={classes.wide}>{use.meter}</td>
                <td className={classes.number}>
                  {use.ledger === null ? (
                    formatCount(Number(use.quantity))
                  ) : (
                    <Link href={ledgerHref(use.ledger)} title={use.unit}>
                      {formatCount(Number(use.quantity))}
                    </Link>
                  )}
                </td>
                <td className={`${classes.number} ${classes.wide}`}>
                  {use.included === null ? "–" : formatCount(use.included)}
                </td>
                {use.share === null ? (
                  <td className={classes.quiet}>{use.plan === null ? "no plan set" : "pays by use"}</td>
                ) : (
                  <ShareCell share={use.share} />
                )}
                <td className={`${classes.number} ${classes.wide}`}>
                  <MoneyText nanoUsd={use.beyondNanoUsd} />
                </td>
              </tr>
            ))}
          </FigureTable>
        );
      }}
    </Loaded>
  );
}
