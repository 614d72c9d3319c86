import type { Answer, MessageSpec } from "../entities.ts";
import { headerValue } from "../wire/header-map.ts";
import { parseRetryDelay } from "../wire/retry-delay.ts";
import { askedDelayMs } from "./retry-after.ts";

/** What is to become of a message after an attempt. */
export type Outcome =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly dueMs: number }
  | { readonly kind: "failed" };

const dayMs = 86_400_000;
/** Beyond it an expression's delay is cut. */
const longestDelayMs = 366 * dayMs;
/** By this status, with `Upstash-NonRetryable-Error: true`, a destination says that no retry can help. */
const nonRetryableStatus = 489;

/** Decides from the answer alone: 2xx is delivered, anything else is tried again until the retries are used up. */
export function decideOutcome(
  message: { readonly spec: MessageSpec; readonly retried: number },
  answer: Answer,
  nowMs: number,
): Outcome {
  if (answer.status >= 200 && answer.status < 300) return { kind: "delivered" };
  const final =
    answer.status === nonRetryableStatus &&
    headerValue(answer.header, "Upstash-NonRetryable-Error")?.toLowerCase() === "true";
  if (final || message.retried >= message.spec.maxRetries) return { kind: "failed" };
  return { kind: "retry", dueMs: Math.round(nowMs + retryDelayMs(message, answer, nowMs)) };
}

function retryDelayMs(
  { spec, retried }: { readonly spec: MessageSpec; readonly retried: number },
  answer: Answer,
  nowMs: number,
): number {
  const asked = askedDelayMs(answer.header, nowMs);
  if (asked !== undefined) return asked <= dayMs ? asked : defaultBackoffMs(retried);
  if (spec.retryDelay === undefined) return defaultBackoffMs(retried);
  const delayMs = parseRetryDelay(spec.retryDelay)(retried);
  // An expression may divide by zero; such a message is still tried again.
  return Number.isFinite(delayMs)
    ? Math.min(Math.max(0, delayMs), longestDelayMs)
    : defaultBackoffMs(retried);
}

/** 12 s, 2 min 28 s, 30 min 8 s, 6 h 7 min 6 s, then a day: min(86400, e^(2.5 n)) seconds before retry n. */
export function defaultBackoffMs(retried: number): number {
  return Math.min(86_400, Math.floor(Math.exp(2.5 * (retried + 1)))) * 1000;
}
