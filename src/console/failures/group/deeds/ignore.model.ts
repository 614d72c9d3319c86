import { addDays, addHours, addWeeks, format, isValid, parseISO, set } from "date-fns";
import { formatComing } from "../../../format/coming.ts";
import { formatCount } from "../../../format/count.ts";

/** What the dialog is filled with. */
export interface IgnoreDraft {
  readonly how: "time" | "count" | "ever";
  /** As a field of date and time has it, on the reader's clock. */
  readonly until: string;
  /** As a field of a number has it. */
  readonly failures: string | number;
}

/** What is sent; `state` is always the same. */
export type IgnoreChange =
  | { readonly state: "ignored" }
  | { readonly state: "ignored"; readonly until: string }
  | { readonly state: "ignored"; readonly failures: number };

/** A time that is chosen often, with what the field has for it. */
export interface Preset {
  readonly name: string;
  readonly field: string;
}

/** The most failures that the API lets a group wait for. */
export const mostFailures = 1_000_000;

/** The times that are offered, on the reader's clock. Pure. */
export function presetsAt(now: Date): readonly [Preset, ...Preset[]] {
  const fieldOf = (at: Date) => format(at, "yyyy-MM-dd'T'HH:mm");
  const morning = set(addDays(now, 1), { hours: 8, minutes: 0 });
  return [
    { name: "1 hour", field: fieldOf(addHours(now, 1)) },
    { name: "Tomorrow morning", field: fieldOf(morning) },
    { name: "1 week", field: fieldOf(addWeeks(now, 1)) },
  ];
}

/** The moment of a field of date and time, ISO 8601 in UTC; null for none. Pure. */
export function momentOf(field: string): string | null {
  const at = parseISO(field);
  return isValid(at) ? at.toISOString() : null;
}

/** What the draft asks for; null while it is no full answer. Pure. */
export function changeOf({ how, until, failures }: IgnoreDraft, now: Date): IgnoreChange | null {
  switch (how) {
    case "ever":
      return { state: "ignored" };
    case "time": {
      const moment = momentOf(until);
      const ahead = moment !== null && Date.parse(moment) > now.getTime();
      return ahead ? { state: "ignored", until: moment } : null;
    }
    case "count": {
      const more = Number(failures);
      const counts = Number.isInteger(more) && more >= 1 && more <= mostFailures;
      return counts ? { state: "ignored", failures: more } : null;
    }
  }
}

/** When the group is open again, as a sentence; what is missing, where the draft is no full answer. Pure. */
export function opensWords(change: IgnoreChange | null, now: Date, timeZone?: string): string {
  if (change === null) return "–";
  if ("until" in change)
    return `${formatComing(change.until, now, timeZone)}, whether it has failed since or not`;
  if (!("failures" in change)) return "never by itself";
  return change.failures === 1
    ? "with the next failure"
    : `with the ${formatCount(change.failures)} failures that come next`;
}
