import type { PriceView } from "../../../costs/prices/price-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatChange, formatMoney, pluralUnit } from "../../format/money.ts";
import { type Priced, priceKey } from "./price-links.ts";

/** All prices of one meter, provider and model. */
export interface PriceLine extends Priced {
  readonly key: string;
  readonly unit: string;
  /** What holds now; null while the first price is yet to come. */
  readonly current: PriceView | null;
  /** What will hold next; null where nothing is planned. */
  readonly next: PriceView | null;
  /** Every price that there was, the latest first, those that were replaced among them. */
  readonly history: readonly PriceView[];
  /** The correction that goes on; null when none does. */
  readonly running: PriceView["correction"];
}

/** The price book, a line for what is priced, in the order of the API. Pure. */
export function bookLines(prices: readonly PriceView[]): PriceLine[] {
  return [...Map.groupBy(prices, priceKey)].flatMap(([key, history]) => {
    const [first] = history;
    if (first === undefined) return [];
    const running = history.find(({ correction }) => correction?.state === "running");
    return [
      {
        key,
        meter: first.meter,
        provider: first.provider,
        model: first.model,
        unit: first.unit,
        current: history.find(({ status }) => status === "current") ?? null,
        next: history.findLast(({ status }) => status === "coming") ?? null,
        history,
        running: running?.correction ?? null,
      },
    ];
  });
}

/** The line that the address names; for a model without a price of its own that of `*`. Pure. */
export function openLine(lines: readonly PriceLine[], open: string | null): PriceLine | null {
  if (open === null) return null;
  const [meter = "", provider = ""] = open.split("~");
  const others = priceKey({ meter, provider, model: "*" });
  return lines.find(({ key }) => key === open) ?? lines.find(({ key }) => key === others) ?? null;
}

/** What the model of a price is called; null where the meter's provider has one price for all. Pure. */
export function modelWords(priced: Priced, lines: readonly Priced[]): string | null {
  if (priced.model !== "*") return priced.model;
  const own = lines.some(
    ({ meter, provider, model }) => meter === priced.meter && provider === priced.provider && model !== "*",
  );
  return own ? "all other models" : null;
}

/** The price as it was entered: "$0.25 for 730,000,000,000 byte hours". Pure. */
export function quotedText({
  nanoUsd,
  perUnits,
  unit,
}: Pick<PriceView, "nanoUsd" | "perUnits" | "unit">): string {
  return `${formatMoney(nanoUsd)} for ${formatCounted(perUnits, unit, pluralUnit(unit))}`;
}

/** How far a correction has come, or what it came to. Pure. */
export function correctionText(correction: NonNullable<PriceView["correction"]>): string {
  const { state, entries, adjusted, nanoUsd } = correction;
  const looked = formatCounted(entries, "entry", "entries");
  if (state === "running") return `Correcting: ${looked} looked at, ${formatCount(adjusted)} adjusted so far`;
  if (adjusted === 0) return `${looked} looked at, none was wrong`;
  return `${formatCount(adjusted)} of ${looked} adjusted, ${formatChange(nanoUsd)} in all`;
}

/** A text with the addresses of pages in it told apart. */
export interface SourcePart {
  readonly text: string;
  /** Null for what is plain text. */
  readonly href: string | null;
}

/** Where a price was read, its addresses as links. Pure. */
export function sourceParts(source: string): SourcePart[] {
  return source
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .filter((text) => text !== "")
    .map((text) => ({ text, href: /^https?:\/\//.test(text) ? text : null }));
}
