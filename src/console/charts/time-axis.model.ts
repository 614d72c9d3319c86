const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Between two marks there may be: parts of an hour, hours, days. */
const steps = [15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160].map(
  (minutes) => minutes * minuteMs,
);
/** A Monday, so that weeks are counted from Mondays. */
const mondayMs = Date.UTC(1970, 0, 5);

/** A mark of the time axis. */
export interface TimeMark {
  /** The bucket at whose beginning it stands. */
  readonly place: number;
  /** "14:00", or at midnight "3 Mar". */
  readonly label: string;
}

/**
 * Marks at round times of a zone: as many as there is room for.
 * @param starts the beginnings of the buckets, ISO 8601
 */
export function timeMarks(starts: readonly string[], mostMarks: number, timeZone: string): TimeMark[] {
  const local = starts.map((at) => localMs(Date.parse(at), timeZone));
  for (const step of steps) {
    const places = local.flatMap((ms, place) => (isRound(ms, step) ? [place] : []));
    if (places.length > 0 && places.length <= mostMarks) {
      return places.map((place) => ({ place, label: markLabel(local[place] ?? 0, step) }));
    }
  }
  const stride = Math.ceil(starts.length / mostMarks);
  const apart = (local[stride] ?? 0) - (local[0] ?? 0);
  return starts.flatMap((_, place) =>
    place % stride === 0 ? [{ place, label: markLabel(local[place] ?? 0, apart) }] : [],
  );
}

/** A bucket in full: "3 Mar 2026, 14:00 to 15:00", with the zone. */
export function bucketText(from: string, to: string, timeZone: string): string {
  const [start, end] = [localMs(Date.parse(from), timeZone), localMs(Date.parse(to), timeZone)];
  const zone = timeZone === "UTC" ? "UTC" : timeZone.replaceAll("_", " ");
  if (start % dayMs === 0 && end % dayMs === 0) {
    const last = end - dayMs;
    return last <= start
      ? `${dateText(start)} (${zone})`
      : `${dateText(start)} to ${dateText(last)} (${zone})`;
  }
  const sameDay = Math.floor(start / dayMs) === Math.floor((end - 1) / dayMs);
  const until = sameDay ? clockText(end) : `${dateText(end)}, ${clockText(end)}`;
  return `${dateText(start)}, ${clockText(start)} to ${until} ${zone}`;
}

function isRound(ms: number, step: number): boolean {
  return (ms - (step > dayMs ? mondayMs : 0)) % step === 0;
}

function markLabel(ms: number, apartMs: number): string {
  return ms % dayMs === 0 || apartMs >= dayMs ? dateText(ms).replace(/ \d{4}$/, "") : clockText(ms);
}

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

function dateText(ms: number): string {
  return dates.format(ms);
}

function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

/** What the clocks of a zone show, as if they showed UTC. */
function localMs(ms: number, timeZone: string): number {
  if (timeZone === "UTC") return ms;
  const parts = clockOf(timeZone).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const number = "numeric";
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  });
  clocks.set(timeZone, clock);
  return clock;
}
