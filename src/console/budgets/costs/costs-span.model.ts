import type { bucketWidths } from "../../../costs/reports/time-buckets.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Costs are summed by quarter hours, so nothing new is seen within one that has begun. */
const quarterMs = 15 * minuteMs;

/** How far back the page looks. */
export const ranges = ["24h", "7d", "30d", "90d", "1y"] as const;
export type Range = (typeof ranges)[number];

const lengths: Readonly<Record<Range, number>> = {
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
  "90d": 90 * dayMs,
  "1y": 365 * dayMs,
};

/** A span of time, ISO 8601, and how wide the buckets of a chart of it are. */
export interface CostsSpan {
  readonly from: string;
  readonly to: string;
  readonly bucket: (typeof bucketWidths)[number];
}

/**
 * The span that the address asks for: from and to where it has both, else a range up to now. Now is the end of the
 * present quarter hour, so that the span stays the same while nothing can be seen to change. Pure.
 */
export function costsSpan(
  asked: { readonly from: string | null; readonly to: string | null; readonly range: Range },
  now: Date,
): CostsSpan {
  if (asked.from !== null && asked.to !== null) {
    const [from, to] = [asked.from, asked.to];
    return { from, to, bucket: bucketOf(Date.parse(to) - Date.parse(from)) };
  }
  const toMs = Math.ceil(now.getTime() / quarterMs) * quarterMs;
  const fromMs = toMs - lengths[asked.range];
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    bucket: bucketOf(toMs - fromMs),
  };
}

/** Buckets so wide that there are some dozens of them. */
function bucketOf(spanMs: number): CostsSpan["bucket"] {
  if (spanMs <= 12 * hourMs) return "quarter";
  if (spanMs <= 4 * dayMs) return "hour";
  if (spanMs <= 120 * dayMs) return "day";
  return spanMs <= 900 * dayMs ? "week" : "month";
}
