import { WaybillError } from "../../kernel/errors.ts";
import type { courseWidths } from "./course-view.ts";

type CourseWidth = (typeof courseWidths)[number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** In ms. */
const widthMs: Readonly<Record<CourseWidth, number>> = {
  "1m": minuteMs,
  "5m": 5 * minuteMs,
  "15m": 15 * minuteMs,
  "1h": hourMs,
  "6h": 6 * hourMs,
  "1d": dayMs,
};

/** Most buckets of a course. */
const mostBuckets = 420;

/** For how long minutes are kept for sure, in ms: a course that begins before has hours at least. */
const minutesKeptMs = 47 * hourMs;

/** A span of time in buckets. */
interface CourseBuckets {
  readonly width: CourseWidth;
  readonly widthMs: number;
  readonly grain: "minute" | "hour";
  /** One more than there are buckets. */
  readonly boundaries: readonly Date[];
}

/**
 * Cuts a span into buckets of UTC that give about a hundred points. Pure.
 * @throws WaybillError malformed_request when it ends before it begins, or is longer than a year
 */
export function courseBuckets({ from, to, now }: { from: Date; to: Date; now: Date }): CourseBuckets {
  const spanMs = to.getTime() - from.getTime();
  const grain = now.getTime() - from.getTime() > minutesKeptMs ? "hour" : "minute";
  const width = widthOf(spanMs, grain);
  const step = widthMs[width];
  const first = Math.floor(from.getTime() / step) * step;
  const count = Math.ceil((to.getTime() - first) / step);
  if (spanMs <= 0 || count > mostBuckets) {
    const details = { from: `must be before to, and at most ${mostBuckets} days` };
    throw new WaybillError("malformed_request", { details });
  }
  const boundaries = Array.from({ length: count + 1 }, (_, at) => new Date(first + at * step));
  return { width, widthMs: step, grain: step >= hourMs ? "hour" : "minute", boundaries };
}

function widthOf(spanMs: number, grain: "minute" | "hour"): CourseWidth {
  if (grain === "minute") {
    if (spanMs <= 2 * hourMs) return "1m";
    if (spanMs <= 10 * hourMs) return "5m";
    if (spanMs <= 30 * hourMs) return "15m";
  }
  if (spanMs <= 8 * dayMs) return "1h";
  return spanMs <= 62 * dayMs ? "6h" : "1d";
}
