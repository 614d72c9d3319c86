import type { PriceView } from "../../../costs/prices/price-view.ts";
import { ledgerLink } from "../ledger/ledger-link.ts";

/** What a price is for. */
export type Priced = Pick<PriceView, "meter" | "provider" | "model">;

/** Names what is priced, as it stands in the address. Pure. */
export function priceKey({ meter, provider, model }: Priced): string {
  return [meter, provider, model].join("~");
}

/** The price book, unfolded at what is priced. Pure. */
export function priceHref(priced: Priced): string {
  return `/budgets/prices?${new URLSearchParams({ open: priceKey(priced) })}`;
}

/**
 * The entries that a price concerns, or with `adjusting` those that correct them. A price of `*` is for all models
 * without one of their own, which no filter can say: then all models of the meter are shown. Pure.
 */
export function concernedHref(
  price: Priced & { readonly from: string; readonly until: string | null },
  narrow: { readonly project?: string | null; readonly adjusting?: boolean } = {},
): string {
  const { meter, provider, model, from, until } = price;
  return ledgerLink({
    meter: [meter],
    provider: [provider],
    ...(model !== "*" && { model: [model] }),
    ...(narrow.project !== undefined && { project: narrow.project ?? "-" }),
    ...(narrow.adjusting && { adjusting: true }),
    from,
    to: until,
  });
}
