const quarterMs = 15 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A span of time that is asked for often. */
export interface Period {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The spans of time that are offered. They begin on a quarter hour, so that their totals come from sums. Pure. */
export function periodsAt(now: Date): Period[] {
  const back = (ms: number) => new Date(Math.floor((now.getTime() - ms) / quarterMs) * quarterMs);
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const since = (name: string, from: Date, to: Date | null = null): Period => ({
    name,
    from: from.toISOString(),
    to: to?.toISOString() ?? null,
  });
  return [
    since("Last hour", back(hourMs)),
    since("Last 24 hours", back(dayMs)),
    since("Last 7 days", back(7 * dayMs)),
    since("Last 30 days", back(30 * dayMs)),
    since("This month (UTC)", month),
    since("Month before (UTC)", before, month),
    { name: "All time", from: null, to: null },
  ];
}

/** A moment of a filter to the second, shorter where it is on the minute; what is none as it stands. Pure. */
export function filterMoment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const text = at.toISOString().replace("T", " ");
  const [day = "", time = ""] = text.split(" ");
  const exact = time.replace("Z", "").replace(/\.000$/, "");
  return `${day} ${exact.replace(/^(\d\d:\d\d):00$/, "$1")} UTC`;
}

/** A moment as a field of date and time has it, in UTC; empty for none. Pure. */
export function fieldOfMoment(iso: string | null): string {
  const at = iso === null ? new Date(Number.NaN) : new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(0, 16);
}

/** The moment that a field of date and time has, read in UTC; null while it has none. Pure. */
export function momentOfField(field: string): string | null {
  const at = new Date(`${field}Z`);
  return field === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
