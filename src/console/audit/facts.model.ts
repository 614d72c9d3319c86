import type { AuditEntryView } from "../../triage/audit/audit-view.ts";
import { formatDuration } from "../format/duration.ts";
import { formatUtc } from "../format/moment.ts";
import { formatMoneyExactly } from "../format/money.ts";

type Facts = AuditEntryView["before"];
type Value = Facts[string];

/** A fact of an entry, before and after; null where nothing is told of it. */
export interface FactChange {
  readonly key: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly kind: "changed" | "after-only" | "before-only" | "same";
}

const order = ["changed", "after-only", "before-only", "same"] as const;

/** What stood before against what stood after: first what changed, last what stayed. Pure. */
export function factChanges({ before, after }: Pick<AuditEntryView, "before" | "after">): FactChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = keys.map((key): FactChange => {
    const told = { before: textOf(before, key), after: textOf(after, key) };
    return { key, name: factName(key), ...told, kind: kindOf(told) };
  });
  return changes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function kindOf({ before, after }: Pick<FactChange, "before" | "after">): FactChange["kind"] {
  if (before === null) return "after-only";
  if (after === null) return "before-only";
  return before === after ? "same" : "changed";
}

function textOf(facts: Facts, key: string): string | null {
  const value = facts[key];
  return value === undefined ? null : factText(key, value);
}

/** What was asked for, fact by fact. Pure. */
export function factList(facts: Facts): { key: string; name: string; text: string }[] {
  return Object.entries(facts).map(([key, value]) => ({
    key,
    name: factName(key),
    text: factText(key, value),
  }));
}

/** What an entry tells in a line: what changed, or of what was new what was asked for. Pure. */
export function tellingLine(entry: Pick<AuditEntryView, "request" | "before" | "after">): string {
  const changes = changesLine(entry);
  if (changes !== "" || Object.keys(entry.before).length > 0) return changes;
  const asked = factList(entry.request).filter(({ key, text }) => !isId(key) && text !== "none");
  return asked
    .slice(0, 3)
    .map(({ name, text }) => `${name.toLowerCase()} ${text}`)
    .join(", ");
}

/** The changes in a line: "state open → resolved, limit $1 → $2"; empty where nothing is told on both sides. Pure. */
function changesLine(entry: Pick<AuditEntryView, "before" | "after">): string {
  const changed = factChanges(entry).filter(({ kind, key }) => kind === "changed" && !isId(key));
  const shown = changed
    .slice(0, 2)
    .map(({ name, before, after }) => `${name.toLowerCase()} ${before} → ${after}`);
  const more = changed.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function isId(key: string): boolean {
  return /Id$/.test(key);
}

const names: Readonly<Record<string, string>> = {
  groupId: "Failure group",
  keyId: "Person or key",
  runId: "Run's id",
  into: "Into group",
  intoFailures: "Failures of that group",
  from: "From",
  perUnits: "For how many units",
};

/** A fact's key as words: `limitNanoUsd` → "Limit", `failedStep` → "Failed step". Pure. */
export function factName(key: string): string {
  const known = names[key];
  if (known !== undefined) return known;
  const plain = key.replace(/(NanoUsd|Ms|Id|At)$/, "");
  const words = (plain === "nano" || plain === "" ? key : plain)
    .replace(/NanoUsd$|^nanoUsd$/, "price")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A fact's value as it is read: money as dollars, times in UTC, nothing as "none". Pure. */
export function factText(key: string, value: Value): string {
  if (value === null || value === undefined || value === "") return "none";
  if (/nanoUsd$/i.test(key) && /^-?\d+$/.test(String(value))) return formatMoneyExactly(String(value));
  if (typeof value === "number") return key.endsWith("Ms") ? formatDuration(value) : String(value);
  if (isoTime.test(value)) return formatUtc(value);
  return key === "thresholds"
    ? value
        .split(",")
        .map((share) => `${share} %`)
        .join(", ")
    : value;
}
