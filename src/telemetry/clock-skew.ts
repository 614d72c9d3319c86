/** Clocks that differ by less, in ms, are in step: machines are never nearer to each other. */
const toleranceMs = 20;

/**
 * By how many ms something began before what it follows from (its parent, or what sent its message), which
 * only clocks that disagree can make of it; 0 while they may be right. That a span ends after its parent
 * proves nothing: what was sent or taken over may outlive the sender.
 * @param startMs when it began, in ms since the epoch
 * @param earlierMs when that began which came first
 */
export function clockSkewMs(startMs: number, earlierMs: readonly number[]): number {
  const behindMs = Math.max(0, ...earlierMs.map((earlier) => earlier - startMs));
  return behindMs > toleranceMs ? Math.round(behindMs) : 0;
}
