/** The partition of the trace store that holds the spans of one UTC day, `YYYY-MM-DD`. */
export function partitionOf(day: string): string {
  return `spans_${day.replaceAll("-", "")}`;
}

/** The UTC day that is so many days away from a time, as `YYYY-MM-DD`. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
