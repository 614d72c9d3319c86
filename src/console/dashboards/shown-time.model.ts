/** Spans that end now and move on with it. */
export const liveRanges = ["1h", "6h", "24h", "7d", "30d"] as const;
export type LiveRange = (typeof liveRanges)[number];

const hourMs = 3_600_000;
const lengthMs: Readonly<Record<LiveRange, number>> = {
  "1h": hourMs,
  "6h": 6 * hourMs,
  "24h": 24 * hourMs,
  "7d": 168 * hourMs,
  "30d": 720 * hourMs,
};

/** The time that the dashboards show: one that ends now, or one that was chosen and stays. */
export type ShownTime =
  | { readonly kind: "live"; readonly range: LiveRange }
  | { readonly kind: "fixed"; readonly from: Date; readonly to: Date };

/** The time that the address asks for. A span needs both its ends, and some length. */
export function shownTime(address: { range: LiveRange; from: Date | null; to: Date | null }): ShownTime {
  const { range, from, to } = address;
  if (from === null || to === null || from >= to) return { kind: "live", range };
  return { kind: "fixed", from, to };
}

/** What the API is asked with: the end of a span that moves on is left to the server. */
export function spanQuery(time: ShownTime, now: Date): { from: string; to: string | null } {
  if (time.kind === "fixed") return { from: time.from.toISOString(), to: time.to.toISOString() };
  return { from: new Date(now.getTime() - lengthMs[time.range]).toISOString(), to: null };
}

/** The same moment twice as long: what lies around a span that was chosen. */
export function widened({ from, to }: { from: Date; to: Date }): { from: Date; to: Date } {
  const halfMs = (to.getTime() - from.getTime()) / 2;
  return { from: new Date(from.getTime() - halfMs), to: new Date(to.getTime() + halfMs) };
}
