"use client";

import { Skeleton, UnstyledButton } from "@mantine/core";
import type { LedgerTotals as Totals } from "../../../../costs/ledger/ledger-view.ts";
import { sentenceOf } from "../../../api-error.ts";
import { formatCounted } from "../../../format/count.ts";
import { pluralUnit } from "../../../format/money.ts";
import { MoneyText } from "../../../format/money-text.tsx";
import { useLiveQuery } from "../../../page/live.tsx";
import { StaleNotice } from "../../../states/stale-notice.tsx";
import type { LedgerFilters } from "../filters/ledger-filters.ts";
import { ledgerTotalsQuery } from "../ledger.query.ts";
import classes from "./ledger-totals.module.css";

/** What exactly the entries of the filters come to, in all and by meter; a meter narrows the list to it. */
export function LedgerTotals(props: { filters: LedgerFilters; onMeter: (meter: string) => void }) {
  const totals = useLiveQuery(ledgerTotalsQuery(props.filters));
  const retry = () => void totals.refetch();
  if (totals.data === undefined) {
    return (
      <section className={classes.totals} aria-label="Totals" aria-busy={totals.error === null}>
        {totals.error === null ? (
          <Skeleton height={38} width={140} />
        ) : (
          <p className={classes.failed}>
            The totals could not be read. {sentenceOf(totals.error)}{" "}
            <UnstyledButton className={classes.retry} onClick={retry}>
              Try again
            </UnstyledButton>
          </p>
        )}
      </section>
    );
  }
  return (
    <>
      {totals.error !== null && (
        <StaleNotice error={totals.error} readAtMs={totals.dataUpdatedAt} onRetry={retry} />
      )}
      <LoadedTotals totals={totals.data} dimmed={totals.isPlaceholderData} onMeter={props.onMeter} />
    </>
  );
}

function LoadedTotals(props: { totals: Totals; dimmed: boolean; onMeter: (meter: string) => void }) {
  const { totals, dimmed } = props;
  return (
    <section className={classes.totals} aria-label="Totals" aria-busy={dimmed} data-dimmed={dimmed}>
      <dl className={classes.all}>
        <dt>
          {totals.capped ? "The newest " : ""}
          {formatCounted(totals.entries, "entry", "entries")}
        </dt>
        <dd>
          <MoneyText nanoUsd={totals.nanoUsd} />
        </dd>
      </dl>
      <ul className={classes.meters} aria-label="By meter">
        {totals.meters.map((sum) => (
          <li key={sum.meter}>
            <UnstyledButton className={classes.meter} onClick={() => props.onMeter(sum.meter)}>
              <span className={classes.name}>{sum.meter}</span>
              <span className={classes.amount}>
                <MoneyText nanoUsd={sum.nanoUsd} />
              </span>
              <span className={classes.quantity}>{quantityOf(sum)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {totals.capped && (
        <p className={classes.capped}>There are more: narrow the time to have the totals of all of them.</p>
      )}
    </section>
  );
}

/** Corrections have no quantity; then how many they are. */
function quantityOf({ quantity, unit, entries }: Totals["meters"][number]): string {
  if (quantity === "0") return formatCounted(entries, "entry", "entries");
  return formatCounted(Number(quantity), unit, pluralUnit(unit));
}
