import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import type { PriceView } from "../../../../costs/prices/price-view.ts";
import { wasteKinds } from "../../../../db/waste-kinds.ts";
import { stepNames } from "../../../../pipeline/graph.ts";
import { meters } from "../../../../telemetry/names.ts";
import type { LedgerFilters, ListKey } from "./ledger-filters.ts";

/** What is spent for besides the steps of the graph. */
const besides = ["upload", "picture", "search", "tick", "alert"];

/**
 * The values that can be chosen of each filter: those that the product knows, those of the price book, those on
 * the page, and what is chosen already. Pure.
 */
export function choicesOf(from: {
  filters: LedgerFilters;
  entries: readonly Pick<LedgerEntryView, "step" | "meter" | "provider" | "model">[];
  prices: readonly Pick<PriceView, "meter" | "provider" | "model">[];
}): Record<ListKey, string[]> {
  const { filters, entries, prices } = from;
  const known = [...prices, ...entries];
  const sorted = (values: readonly string[]) => values.toSorted((a, b) => a.localeCompare(b));
  const once = (key: ListKey, values: readonly string[]) => [...new Set([...values, ...filters[key]])];
  return {
    step: once("step", [...stepNames, ...besides, ...entries.map(({ step }) => step)]),
    meter: once("meter", [...Object.values(meters), ...known.map(({ meter }) => meter)]),
    provider: once("provider", sorted(known.map(({ provider }) => provider))),
    model: once("model", sorted(known.map(({ model }) => model))),
    waste: once("waste", ["any", "none", ...wasteKinds]),
  };
}
