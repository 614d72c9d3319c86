import type { HeaderMap } from "../entities.ts";
import { parseDurationMs } from "../wire/duration.ts";
import { headerValue } from "../wire/header-map.ts";

/** Headers by which a destination says when it wants to be called again, the first that is set counts. */
const askingHeaders = [
  "Retry-After",
  "X-RateLimit-Reset",
  "X-RateLimit-Reset-Requests",
  "X-RateLimit-Reset-Tokens",
];

/**
 * RFC 1123, as HTTP has it. `Date.parse` alone would read a date into any text that ends in a number, such as `-5`,
 * and one that is long past would have the destination called again at once.
 */
const httpDate = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC)$/;

/** The delay that a destination asks for, in ms: seconds, an HTTP date, or a Go duration; undefined for none. */
export function askedDelayMs(header: HeaderMap, nowMs: number): number | undefined {
  for (const name of askingHeaders) {
    const text = headerValue(header, name)?.trim();
    if (text === undefined) continue;
    const delayMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : parseDurationMs(text);
    if (delayMs !== undefined) return delayMs;
    const date = httpDate.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  }
  return undefined;
}
