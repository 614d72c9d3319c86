import { WaybillError } from "../../kernel/errors.ts";
import type { TruthSpan } from "./ledger-reasons.ts";

const hourMs = 3_600_000;
/** A quarter of a year, in ms. */
const longestMs = 93 * 24 * hourMs;

/**
 * The whole hours of UTC that a span of time lies in: providers report by the hour.
 * @throws WaybillError malformed_request when there is none, or too many
 */
export function wholeHours({ from, to }: TruthSpan): TruthSpan {
  const span = {
    from: new Date(Math.floor(from.getTime() / hourMs) * hourMs),
    to: new Date(Math.ceil(to.getTime() / hourMs) * hourMs),
  };
  const lengthMs = span.to.getTime() - span.from.getTime();
  if (lengthMs > 0 && lengthMs <= longestMs) return span;
  throw new WaybillError("malformed_request", { details: { from: "must be before to, by 93 days at most" } });
}
