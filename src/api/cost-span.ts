import type { Clock } from "../kernel/clock.ts";

const quarterMs = 15 * 60_000;
/** What is shown when no time is asked for: thirty days. */
const usualSpanMs = 30 * 86_400_000;

/** A span of time. */
interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** The span that a query asks for: until now, and thirty days long, unless it says otherwise. */
export function costSpan(
  { clock }: { readonly clock: Clock },
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Span {
  const until = to === undefined ? clock.now() : new Date(to);
  return { from: from === undefined ? new Date(until.getTime() - usualSpanMs) : new Date(from), to: until };
}

/** The whole quarter hours that a span lies in, as sums by time are of quarter hours. */
export function wholeQuarters({ from, to }: Span): Span {
  return {
    from: new Date(Math.floor(from.getTime() / quarterMs) * quarterMs),
    to: new Date(Math.ceil(to.getTime() / quarterMs) * quarterMs),
  };
}
