import fc from "fast-check";
import { expect, test } from "vitest";
import { nextCronMs } from "./cron.ts";

const minuteMs = 60_000;

/** One field of a cron expression: its text and the values that it lets through. */
interface Field {
  readonly text: string;
  readonly values: ReadonlySet<number>;
}

function field(from: number, to: number): fc.Arbitrary<Field> {
  const range = (low: number, high: number, step = 1) =>
    Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, n) => low + n * step);
  const value = fc.integer({ min: from, max: to });
  const bounds = fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const step = fc.integer({ min: 2, max: Math.max(2, Math.floor((to - from) / 2)) });
  const part = fc.oneof(
    value.map((one) => ({ text: String(one), values: [one] })),
    bounds.map(([low, high]) => ({ text: `${low}-${high}`, values: range(low, high) })),
    step.map((by) => ({ text: `*/${by}`, values: range(from, to, by) })),
    fc.tuple(bounds, step).map(([[low, high], by]) => {
      return { text: `${low}-${high}/${by}`, values: range(low, high, by) };
    }),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({ text: "*", values: new Set(range(from, to)) }) },
    {
      weight: 1,
      arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({
        text: parts.map((one) => one.text).join(","),
        values: new Set(parts.flatMap((one) => one.values)),
      })),
    },
  );
}

const crons = fc.record({
  minute: field(0, 59),
  hour: field(0, 23),
  day: field(1, 31),
  month: field(1, 12),
  weekday: field(0, 6),
});
type Cron = typeof crons extends fc.Arbitrary<infer Parts> ? Parts : never;

/** Whether a minute in UTC, which the wall clock there shows, is let through by all fields. */
function matches(cron: Cron, wallMs: number): boolean {
  const wall = new Date(wallMs);
  const day = cron.day.values.has(wall.getUTCDate());
  const weekday = cron.weekday.values.has(wall.getUTCDay());
  // Two restricted days are alternatives, as in every cron.
  const either = cron.day.text !== "*" && cron.weekday.text !== "*" ? day || weekday : day && weekday;
  return (
    cron.minute.values.has(wall.getUTCMinutes()) &&
    cron.hour.values.has(wall.getUTCHours()) &&
    cron.month.values.has(wall.getUTCMonth() + 1) &&
    either
  );
}

/** How far the wall clock of a zone is ahead of UTC, looked up for each quarter of an hour, in which it is the same. */
function createWallClock(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const known = new Map<number, number>();
  return (atMs) => {
    const quarter = Math.floor(atMs / (15 * minuteMs));
    const offset = known.get(quarter) ?? readOffsetMs(format, quarter * 15 * minuteMs);
    known.set(quarter, offset);
    return atMs + offset;
  };
}

function readOffsetMs(format: Intl.DateTimeFormat, atMs: number): number {
  const name = format.formatToParts(atMs).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** The first minute after a time that matches, looked for minute by minute; undefined when there is none in the window. */
function naiveNextMs(cron: Cron, wallClock: (atMs: number) => number, afterMs: number, windowMs: number) {
  const first = Math.floor(afterMs / minuteMs) * minuteMs + minuteMs;
  for (let atMs = first; atMs <= afterMs + windowMs; atMs += minuteMs) {
    if (matches(cron, wallClock(atMs))) return atMs;
  }
  return undefined;
}

const textOf = (cron: Cron) =>
  [cron.minute, cron.hour, cron.day, cron.month, cron.weekday].map((one) => one.text).join(" ");
/** A time of day that is fixed to the minute; what becomes of it when the clock is changed, its own tests say. */
const isFixedTime = (cron: Cron) =>
  ![cron.minute, cron.hour].some(({ text, values }) => /[*/]/.test(text) || values.size > 1);

const windowMs = 4 * 86_400_000;
const years = { min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) };
const steadyZones = ["UTC", "Asia/Tokyo", "Asia/Kolkata", "America/Phoenix"] as const;
const changingZones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/St_Johns",
] as const;

function expectNaive(zone: string, cron: Cron, afterMs: number): void {
  const expected = naiveNextMs(cron, createWallClock(zone), afterMs, windowMs);
  const text = zone === "UTC" ? textOf(cron) : `CRON_TZ=${zone} ${textOf(cron)}`;
  let next: number;
  try {
    next = nextCronMs(text, afterMs);
  } catch {
    // A 31 April never comes: it is refused, and nothing was found by looking either.
    expect(expected).toBeUndefined();
    return;
  }
  if (expected === undefined) expect(next).toBeGreaterThan(afterMs + windowMs);
  else expect(new Date(next)).toEqual(new Date(expected));
}

test("the next time is the first minute that matches, in zones whose clock is never changed", () => {
  fc.assert(fc.property(fc.constantFrom(...steadyZones), crons, fc.integer(years), expectNaive), {
    numRuns: 200,
  });
});

test("it is so around a change of the clock too, unless the expression is one fixed time of day", () => {
  // The days around the changes of the clocks in the north and in the south.
  const changes = [Date.UTC(2026, 2, 8), Date.UTC(2026, 2, 29), Date.UTC(2026, 3, 5), Date.UTC(2026, 9, 4)];
  const after = fc
    .tuple(
      fc.constantFrom(...changes, Date.UTC(2026, 9, 25), Date.UTC(2026, 10, 1)),
      fc.integer({ min: -2880, max: 1440 }),
    )
    .map(([change, minutes]) => change + minutes * minuteMs);
  const moving = crons.filter((cron) => !isFixedTime(cron));
  fc.assert(fc.property(fc.constantFrom(...changingZones), moving, after, expectNaive), { numRuns: 200 });
});
