import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import { formatCounted } from "../../../format/count.ts";
import { formatChange, formatMoney, pluralUnit } from "../../../format/money.ts";
import { wasteWords } from "../../waste-words.ts";
import { ledgerLink } from "../ledger-link.ts";

/** Something about an entry that an ordinary one does not have. */
export interface EntryMark {
  readonly kind: "estimated" | "adjusts" | "unreserved" | "waste";
  readonly text: string;
  readonly sentence: string;
}

/** The marks of an entry. Pure. */
export function marksOf(entry: LedgerEntryView): EntryMark[] {
  const marks: EntryMark[] = [];
  if (entry.waste !== null) {
    const { name, sentence } = wasteWords[entry.waste];
    marks.push({ kind: "waste", text: name, sentence: `Spent for nothing. ${sentence}` });
  }
  if (entry.estimated) {
    const sentence = "No measured amount came, so the estimate from before the call stands.";
    marks.push({ kind: "estimated", text: "estimate", sentence });
  }
  if (entry.adjusts !== null) {
    const sentence =
      "It makes up the difference between the price that an entry was made at and the right one.";
    marks.push({ kind: "adjusts", text: "corrects an entry", sentence });
  }
  const unreserved = BigInt(entry.unreservedNanoUsd);
  if (unreserved > 0n) {
    const whole = unreserved === BigInt(entry.nanoUsd);
    const text = whole ? "not reserved" : `${formatMoney(unreserved)} not reserved`;
    const sentence = `No reservation had covered ${whole ? "it" : `${formatMoney(unreserved)} of it`}.`;
    marks.push({ kind: "unreserved", text, sentence });
  }
  return marks;
}

/** The amount as it is read: a correction with its sign. Pure. */
export function amountText(entry: Pick<LedgerEntryView, "nanoUsd" | "adjusts">): string {
  return entry.adjusts === null ? formatMoney(entry.nanoUsd) : formatChange(entry.nanoUsd);
}

/** What one unit costs, in nano-USD: "10,000 nano-USD a message". Pure. */
export function nanoPriceText({ unitNanoUsd, unit }: Pick<LedgerEntryView, "unitNanoUsd" | "unit">): string {
  const [whole = "", decimals] = unitNanoUsd.split(".");
  const digits = BigInt(whole).toLocaleString("en-US") + (decimals === undefined ? "" : `.${decimals}`);
  return `${digits} nano-USD a ${unit}`;
}

/** "4,100 tokens"; null for a correction, which has none. Pure. */
export function quantityText(entry: Pick<LedgerEntryView, "quantity" | "unit" | "adjusts">): string | null {
  if (entry.adjusts !== null) return null;
  return formatCounted(entry.quantity, entry.unit, pluralUnit(entry.unit));
}

/** The meter's model or class of operation; null where it has none. Pure. */
export function modelOf({ model }: Pick<LedgerEntryView, "model">): string | null {
  return model === "*" || model === "" ? null : model;
}

/** Where the run, or the attempt, of an entry is in the trace; null for what belongs to no run. Pure. */
export function traceHref(entry: LedgerEntryView, of: "run" | "attempt"): string | null {
  if (entry.fileId === null || entry.run === null) return null;
  if (of === "attempt" && entry.spanId === null) return null;
  const query = new URLSearchParams({ run: String(entry.run), tab: "trace" });
  if (of === "attempt" && entry.spanId !== null) query.set("span", entry.spanId);
  return `/files/${encodeURIComponent(entry.fileId)}?${query}`;
}

/**
 * Where the entry that this one corrects stands, unfolded, with all that corrects it: they have its time and meter.
 * Null for what corrects none. Pure.
 */
export function adjustedHref(entry: LedgerEntryView): string | null {
  if (entry.adjusts === null) return null;
  const { at, meter, fileId } = entry;
  const to = new Date(Date.parse(at) + 1).toISOString();
  return ledgerLink({ file: fileId, meter: [meter], from: at, to }, entry.adjusts);
}

/** An entry's time as two lines: in UTC, and on the reader's clock where that differs. */
export interface TimeLines {
  readonly utc: string;
  /** With the day of the year where that is another; null where the reader's clock is UTC. */
  readonly local: string | null;
}

/** @param local the moment on the reader's clock, as formatLocal has it: "2026-03-01 13:00:02 UTC+01:00" */
export function timeLines(iso: string, local: string): TimeLines {
  const utc = new Date(iso).toISOString().slice(0, 19).replace("T", " ");
  const [day = "", time = "", zone = ""] = local.split(" ");
  if (zone === "UTC") return { utc: `${utc} UTC`, local: null };
  return {
    utc: `${utc} UTC`,
    local: utc.startsWith(day) ? `${time} ${zone}` : `${day.slice(5)} ${time} ${zone}`,
  };
}
