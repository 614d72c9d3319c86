const ago = new Intl.RelativeTimeFormat("en", { style: "narrow" });
const minuteUtc = new Intl.DateTimeFormat("en-GB", {
  ...{ timeZone: "UTC", hourCycle: "h23" },
  ...{ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
} as const);
const units = [
  { unit: "second", ms: 1_000, below: 60 },
  { unit: "minute", ms: 60_000, below: 60 },
  { unit: "hour", ms: 3_600_000, below: 24 },
  { unit: "day", ms: 86_400_000, below: 30 },
] as const;

/**
 * How long ago a moment was: "12s ago"; older than 30 days, the date.
 * @param timeZone IANA name, by whose clock that date is
 */
export function formatAgo(iso: string, now: Date, timeZone = "UTC"): string {
  const elapsedMs = now.getTime() - Date.parse(iso);
  if (elapsedMs < 1_500) return "just now";
  for (const { unit, ms, below } of units) {
    const count = Math.floor(elapsedMs / ms);
    if (count < below) return ago.format(-count, unit);
  }
  return formatExact(iso, timeZone).slice(0, 10);
}

/** The exact moment, to the ms, in UTC. */
export function formatUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 23).replace("T", " ")} UTC`;
}

const exact = new Map<string, Intl.DateTimeFormat>();

/** The exact moment, to the ms, by the clock of a zone, with its offset: "2026-03-01 17:00:02.123 UTC+09:00". */
export function formatExact(iso: string, timeZone: string): string {
  const form = exact.get(timeZone) ?? exactFormat(timeZone);
  exact.set(timeZone, form);
  const parts = form.formatToParts(new Date(iso));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const day = [part("year"), part("month"), part("day")].join("-");
  const clock = [part("hour"), part("minute"), part("second")].join(":");
  return `${day} ${clock}.${part("fractionalSecond")} ${part("timeZoneName").replace(/^GMT(\+00:00$)?/, "UTC")}`;
}

function exactFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hourCycle: "h23", timeZoneName: "longOffset" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
  } as const);
}

/** A moment to the minute, in UTC, as part of a sentence: "1 Mar 2026, 08:00 UTC". */
export function formatMinuteUtc(iso: string): string {
  return `${minuteUtc.format(new Date(iso))} UTC`;
}

/** The exact moment, to the second, on the reader's own clock, with its offset: "2026-03-01 17:00:02 UTC+09:00". */
export function formatLocal(iso: string): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return formatExact(iso, timeZone).replace(/\.\d{3}/, "");
}

/** The time of a day, to the second: "08:00:02"; in UTC it says so. */
export function formatClock(at: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium", hourCycle: "h23" });
  return `${time.format(at)}${timeZone === "UTC" ? " UTC" : ""}`;
}

/** The time between two moments in ms; while the second is missing, up to `now`. */
export function elapsedMs(fromIso: string, toIso: string | null, now: Date): number {
  return Math.max(0, (toIso === null ? now.getTime() : Date.parse(toIso)) - Date.parse(fromIso));
}
