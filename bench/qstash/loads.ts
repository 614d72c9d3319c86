/** How many deliveries may be under way at once. */
export const inFlight = 10;
/** How many messages go into one batch. */
export const batchSize = 100;
/** How many messages each figure is taken from; the deliveries are those of both ways of sending. */
export const loads = { single: 1000, batched: 10_000, latency: 500, deadLetters: 10_000, waiting: 10_000 };
/** How many are sent one by one before, of which no figure is taken: code that has just started is compiled first. */
export const warmUp = 500;
/** For how long nothing is to happen, in ms. */
export const idleMs = 30_000;

/** So many in so many ms, per second. */
export function perSecond(count: number, ms: number): number {
  return (count * 1000) / ms;
}

/** How many arrived per second between the first and the last. */
export function spreadPerSec(arrivalsMs: readonly number[]): number {
  return perSecond(arrivalsMs.length - 1, (arrivalsMs.at(-1) ?? 0) - (arrivalsMs[0] ?? 0));
}
