import { lineStateWords, reasonWords } from "../../../costs/truth/reason-words.ts";
import type { Truth, TruthLine } from "../../../costs/truth/truth-view.ts";
import { formatMoney } from "../../format/money.ts";
import { ledgerHref } from "../ledger-href.ts";

/** One reason for a difference, as the page tells it. */
export interface ReasonRow {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  /** By how much it lets the ledger differ: "up to 1,200 more, $0.000024 more". */
  readonly room: string;
  readonly href: string | null;
  readonly entries: number | null;
}

/** One meter of one provider, as the page tells it. */
export interface TruthRow {
  readonly key: string;
  readonly meter: string;
  /** The model, where the meter has one. */
  readonly model: string | null;
  readonly unit: string;
  readonly state: TruthLine["state"];
  readonly stateWord: string;
  readonly ledger: { readonly quantity: string; readonly nanoUsd: string; readonly href: string };
  readonly metered: TruthLine["metered"];
  readonly difference: { readonly quantity: string; readonly money: string | null } | null;
  /** What nothing explains; null where all is explained. */
  readonly unexplained: string | null;
  readonly unasked: string | null;
  readonly reasons: readonly ReasonRow[];
}

const order: readonly TruthLine["state"][] = ["unexplained", "explained", "agrees", "unasked"];

/** The lines: what is unexplained first, what nobody can be asked about last. Pure. */
export function truthRows(truth: Truth): TruthRow[] {
  return truth.lines
    .map(toRow)
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.key.localeCompare(b.key));
}

function toRow(line: TruthLine): TruthRow {
  const { meter, provider, model, unit, state, difference, unexplained } = line;
  return {
    key: `${meter} ${provider} ${model}`,
    meter,
    model: model === "*" ? null : model,
    unit,
    state,
    stateWord: lineStateWords[state],
    ledger: { ...line.ledger, href: ledgerHref(line.ledger.ledger) },
    metered: line.metered,
    difference: difference && {
      quantity: signed(difference.quantity),
      money: difference.nanoUsd === null ? null : signedMoney(difference.nanoUsd),
    },
    unexplained: state === "unexplained" && unexplained !== null ? leftOver(unexplained, unit) : null,
    unasked: line.unasked,
    // What agrees to the last unit needs no reason.
    reasons: state === "agrees" ? [] : line.reasons.map(toReason),
  };
}

function toReason(reason: TruthLine["reasons"][number]): ReasonRow {
  const parts = [
    part(reason.moreQuantity, "more"),
    part(reason.lessQuantity, "less"),
    part(reason.moreNanoUsd, "more", formatMoney),
    part(reason.lessNanoUsd, "less", formatMoney),
  ].filter((text) => text !== null);
  return {
    kind: reason.kind,
    ...reasonWords[reason.kind],
    room: parts.length === 0 ? "" : `up to ${parts.join(", ")}`,
    href: reason.ledger === null ? null : ledgerHref(reason.ledger),
    entries: reason.entries,
  };
}

function part(amount: string, word: string, format: (amount: string) => string = grouped): string | null {
  return amount === "0" ? null : `${format(amount)} ${word}`;
}

function leftOver({ quantity, nanoUsd }: NonNullable<TruthLine["unexplained"]>, unit: string): string {
  const parts = [
    quantity === "0" ? null : `${signed(quantity)} (${unit})`,
    nanoUsd === null || nanoUsd === "0" ? null : signedMoney(nanoUsd),
  ].filter((text) => text !== null);
  // A word joiner, so that no line ends between the minus and its amount.
  return parts.join(", ").replaceAll("−$", "−\u2060$");
}

/** A whole number of any size with thousands separators and a minus that is one. */
export function grouped(amount: string): string {
  return BigInt(amount).toLocaleString("en-US").replace("-", "−");
}

function signed(amount: string): string {
  return BigInt(amount) > 0n ? `+${grouped(amount)}` : grouped(amount);
}

function signedMoney(nanoUsd: string): string {
  return BigInt(nanoUsd) > 0n ? `+${formatMoney(nanoUsd)}` : formatMoney(nanoUsd);
}
