const hourMs = 3_600_000;
/** In hours: what is spent has the shape of a week. */
const weekHours = 168;
/** Below so many hours of history there is no shape: then it goes on as it has gone so far. */
const leastHistoryHours = 24;
/** Which part of a window's usual spending counts against what this window has shown so far. */
const usualWeight = 0.1;
/** How far a budget without an end is looked ahead, in hours. */
const horizonHours = 90 * 24;

/** What is known when the rest of a window is guessed. Amounts are nano-USD, times ms since the epoch. */
export interface ForecastInput {
  readonly nowMs: number;
  readonly startMs: number;
  /** Null for a budget in total. */
  readonly endMs: number | null;
  readonly limit: number;
  readonly settled: number;
  /** What was spent in each of the last hours, the oldest first, up to the last whole hour before now. */
  readonly lastHours: readonly number[];
}

/** How it goes on. */
export interface Forecast {
  /** `week`: as this window has gone so far, with the shape of the last weeks; `rate`: evenly; `none`: nothing is spent. */
  readonly basis: "week" | "rate" | "none";
  /** What will be settled when the window ends; null where it never does. */
  readonly atEnd: number | null;
  /** When the limit will be reached; null when it will not, within the window or the next 90 days. */
  readonly usedUpMs: number | null;
  /** What will be settled at a time to come. */
  settledAt(ms: number): number;
}

/** Guesses how the spending of a window goes on: this window's pace, in the shape of the hours of a week. Pure. */
export function forecast(input: ForecastInput): Forecast {
  const { nowMs, endMs, limit, settled } = input;
  const pace = paceOf(input);
  const settledAt = (ms: number) => settled + pace.between(nowMs, ms);
  return {
    basis: pace.basis,
    atEnd: endMs === null ? null : Math.max(settled, settledAt(endMs)),
    usedUpMs: settled >= limit ? nowMs : reaches(input, pace),
    settledAt,
  };
}

interface Pace {
  readonly basis: Forecast["basis"];
  /** What is spent from one time to another. */
  between(fromMs: number, toMs: number): number;
}

function paceOf({ nowMs, startMs, endMs, settled, lastHours }: ForecastInput): Pace {
  const week = weekOf(lastHours, nowMs);
  if (week?.some((spent) => spent > 0)) {
    const usual = (fromMs: number, toMs: number) => sumHours(week, fromMs, toMs);
    // Early in a window little is known of it: then what is usual counts.
    const weight = usualWeight * usual(startMs, endMs ?? startMs + weekHours * hourMs);
    const sinceMs = endMs === null ? Math.max(startMs, nowMs - weekHours * hourMs) : startMs;
    const spent = endMs === null ? sumLast(lastHours, (nowMs - sinceMs) / hourMs) : settled;
    const factor = (spent + weight) / (usual(sinceMs, nowMs) + weight);
    return { basis: "week", between: (fromMs, toMs) => factor * usual(fromMs, toMs) };
  }
  const elapsedMs = Math.max(nowMs - startMs, hourMs / 4);
  const recent = endMs === null ? sumLast(lastHours, lastHours.length) : settled;
  const overMs = endMs === null ? Math.max(lastHours.length, 1) * hourMs : elapsedMs;
  const perMs = recent / overMs;
  return {
    basis: perMs > 0 ? "rate" : "none",
    between: (fromMs, toMs) => perMs * (toMs - fromMs),
  };
}

/** The usual spending of each hour of a week; null where there is too little history. */
function weekOf(lastHours: readonly number[], nowMs: number): number[] | null {
  const first = lastHours.findIndex((spent) => spent > 0);
  const known = first === -1 ? [] : lastHours.slice(first);
  if (known.length < leastHistoryHours) return null;
  const lastHour = Math.floor(nowMs / hourMs) - 1;
  const sums = Array.from({ length: weekHours }, () => ({ spent: 0, hours: 0 }));
  known.forEach((spent, at) => {
    const sum = sums[(lastHour - (known.length - 1 - at)) % weekHours];
    if (sum === undefined) return;
    sum.spent += spent;
    sum.hours += 1;
  });
  const mean = known.reduce((sum, spent) => sum + spent, 0) / known.length;
  return sums.map(({ spent, hours }) => (hours === 0 ? mean : spent / hours));
}

function sumHours(week: readonly number[], fromMs: number, toMs: number): number {
  let sum = 0;
  for (let ms = fromMs; ms < toMs; ) {
    const hour = Math.floor(ms / hourMs);
    const untilMs = Math.min(toMs, (hour + 1) * hourMs);
    sum += ((week[hour % weekHours] ?? 0) * (untilMs - ms)) / hourMs;
    ms = untilMs;
  }
  return sum;
}

function sumLast(lastHours: readonly number[], hours: number): number {
  return lastHours.slice(-Math.max(1, Math.round(hours))).reduce((sum, spent) => sum + spent, 0);
}

/** Goes ahead hour by hour until the limit is reached. */
function reaches({ nowMs, endMs, limit, settled }: ForecastInput, pace: Pace): number | null {
  if (pace.basis === "none") return null;
  const lastMs = endMs ?? nowMs + horizonHours * hourMs;
  let sum = settled;
  for (let ms = nowMs; ms < lastMs; ) {
    const untilMs = Math.min(lastMs, (Math.floor(ms / hourMs) + 1) * hourMs);
    const spent = pace.between(ms, untilMs);
    if (sum + spent >= limit) return ms + ((limit - sum) / spent) * (untilMs - ms);
    sum += spent;
    ms = untilMs;
  }
  return null;
}
