import type { LedgerTotals } from "../../../costs/ledger/ledger-view.ts";
import { shareOf } from "../../../costs/reports/share-of.ts";
import { formatUnitPrice } from "../../format/money.ts";
import { ledgerHref } from "../ledger-href.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import type { CostsFilter } from "./costs-state.ts";

/** What one meter counted, at which price on average, and what that came to. */
export interface MeterRow {
  readonly meter: string;
  readonly quantity: bigint;
  /** What a unit cost on average over its entries, corrections among them: "$0.02 per million tokens". */
  readonly price: string;
  readonly nanoUsd: string;
  readonly share: number;
  readonly href: string;
}

/** The meters, dearest first, each with its unit price. Pure. */
export function meterRows(totals: LedgerTotals, span: CostsSpan, filter: CostsFilter): MeterRow[] {
  return totals.meters.map(({ meter, unit, quantity, nanoUsd }) => ({
    meter,
    quantity: BigInt(quantity),
    price: quantity === "0" ? "–" : formatUnitPrice(String(Number(nanoUsd) / Number(quantity)), unit),
    nanoUsd,
    share: shareOf(nanoUsd, totals.nanoUsd),
    href: ledgerHref(filterQuery({ ...filter, meter }, span)),
  }));
}

/** The query of the ledger for a filter in a span. Pure. */
function filterQuery(filter: CostsFilter, { from, to }: CostsSpan): string {
  const asked = Object.entries({ ...filter, from, to }).filter(([, value]) => value !== "");
  return new URLSearchParams(asked).toString();
}
