"use client";

import { Skeleton } from "@mantine/core";
import { shareOf } from "../../../costs/reports/share-of.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { FigureLink } from "../figure-link.tsx";
import { ledgerHref } from "../ledger-href.ts";
import { wasteWords } from "../waste-words.ts";
import { costSummaryQuery, projectQueryOf } from "./costs.query.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import classes from "./figure-table.module.css";
import { FigureTable, ShareCell } from "./figure-table.tsx";

const head = [{ text: "For nothing" }, { text: "Of all" }, { text: "Amount", number: true }];

/** What was spent for nothing, and why; a reason that did not occur is there with nothing. */
export function WasteTable({ span, project }: { span: CostsSpan; project: string }) {
  const summary = useLiveQuery(costSummaryQuery(span, project));
  // That it could not be read stands above, where the same figures are summed up.
  if (summary.data === undefined) return summary.error === null ? <Skeleton height={200} mb="md" /> : null;
  const { waste, nanoUsd: whole } = summary.data;
  return (
    <FigureTable
      title="Waste"
      beside={
        <ExportMenu
          label="Export the waste"
          path="/api/v1/costs/summary"
          query={projectQueryOf(span, project)}
        />
      }
      head={head}
    >
      {waste.kinds.map(({ kind, nanoUsd, ledger }) => (
        <tr key={kind}>
          <td>{wasteWords[kind].several}</td>
          <ShareCell share={shareOf(nanoUsd, whole)} />
          <td className={classes.number}>
            <FigureLink href={ledgerHref(ledger)}>
              <MoneyText nanoUsd={nanoUsd} />
            </FigureLink>
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
