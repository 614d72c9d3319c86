"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import { CopiedId } from "../../../format/copied-id.tsx";
import { formatCount } from "../../../format/count.ts";
import { formatLocal, formatUtc } from "../../../format/moment.ts";
import { formatMoneyExactly } from "../../../format/money.ts";
import folding from "../../folding-table.module.css";
import { priceHref } from "../../prices/price-links.ts";
import { marksOf, nanoPriceText } from "./entry.model.ts";
import classes from "./entry-detail.module.css";

/** Everything that is known of an entry, to the last digit. */
export function EntryDetail({ entry }: { entry: LedgerEntryView }) {
  return (
    <tr className={folding.unfolded}>
      <td colSpan={6} className={classes.cell}>
        <dl className={classes.facts}>
          <Fact name="Amount">{formatMoneyExactly(entry.nanoUsd)}</Fact>
          <Fact name="Reckoned">
            {entry.adjusts === null
              ? `${formatCount(entry.quantity)} × ${nanoPriceText(entry)}`
              : `the difference to ${nanoPriceText(entry)}`}
            , <Link href={priceHref(entry)}>the price</Link>
          </Fact>
          <Fact name="Time">
            {formatUtc(entry.at)}
            <br />
            {formatLocal(entry.at)}
          </Fact>
          {marksOf(entry).map(({ kind, text, sentence }) => (
            <Fact key={kind} name={text}>
              {sentence}
            </Fact>
          ))}
        </dl>
        <div className={classes.ids}>
          <CopiedId label="entry" id={entry.id} />
          {entry.adjusts !== null && <CopiedId label="corrects" id={entry.adjusts} />}
          {entry.fileId !== null && <CopiedId label="file" id={entry.fileId} />}
          {entry.runId !== null && <CopiedId label="run" id={entry.runId} />}
          {entry.attemptId !== null && <CopiedId label="attempt" id={entry.attemptId} />}
        </div>
      </td>
    </tr>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
