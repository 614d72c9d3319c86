import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer, MessageSpec } from "../entities.ts";
import { decideOutcome, defaultBackoffMs } from "./decide-outcome.ts";

const nowMs = Date.UTC(2026, 0, 1);
const spec = (more: Partial<MessageSpec> = {}): MessageSpec => ({
  ...{ url: "https://a.test", method: "POST", header: {}, maxRetries: 3, labels: [] },
  ...more,
});
const answer = (status: number, header: Record<string, string> = {}): Answer => ({
  status,
  header: Object.fromEntries(Object.entries(header).map(([name, value]) => [name, [value]])),
  body: Buffer.alloc(0),
});
const delayMs = (given: Answer, message = spec(), retried = 0): number | undefined => {
  const outcome = decideOutcome({ spec: message, retried }, given, nowMs);
  return outcome.kind === "retry" ? outcome.dueMs - nowMs : undefined;
};

describe("outcome", () => {
  test("the default backoff is the documented one and ends at a day", () => {
    const seconds = [0, 1, 2, 3, 4, 50].map((retried) => defaultBackoffMs(retried) / 1000);
    expect(seconds).toEqual([12, 148, 1808, 22_026, 86_400, 86_400]);
  });

  test("any 2xx is delivered; anything else is tried again while retries are left, then failed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 599 }), fc.nat(5), fc.nat(5), (status, retried, maxRetries) => {
        const { kind } = decideOutcome({ spec: spec({ maxRetries }), retried }, answer(status), nowMs);
        const success = status >= 200 && status < 300;
        expect(kind).toBe(success ? "delivered" : retried >= maxRetries ? "failed" : "retry");
      }),
    );
  });

  test("489 is final only with its header", () => {
    const header = { "Upstash-Nonretryable-Error": "true" };
    expect(decideOutcome({ spec: spec(), retried: 0 }, answer(489, header), nowMs).kind).toBe("failed");
    expect(decideOutcome({ spec: spec(), retried: 0 }, answer(489), nowMs).kind).toBe("retry");
    expect(decideOutcome({ spec: spec(), retried: 0 }, answer(500, header), nowMs).kind).toBe("retry");
  });

  test.each<[Record<string, string>, number]>([
    [{ "Retry-After": "30" }, 30_000],
    [{ "Retry-After": "Thu, 01 Jan 2026 00:02:00 GMT" }, 120_000],
    [{ "Retry-After": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{ "X-Ratelimit-Reset": "1m30s" }, 90_000],
    [{ "X-Ratelimit-Reset-Requests": "0.5" }, 500],
    [{ "X-Ratelimit-Reset-Tokens": "2ms" }, 2],
    [{ "Retry-After": "86400" }, 86_400_000],
    [{ "Retry-After": "86401" }, 12_000],
    [{ "Retry-After": "soon", "X-Ratelimit-Reset": "7" }, 7000],
    [{ "Retry-After": "-5", "X-Ratelimit-Reset": "7" }, 7000],
    [{ "Retry-After": "2026-01-01", "X-Ratelimit-Reset": "7" }, 7000],
  ])(
    "a destination that answers %j is called again after %d ms, whatever the message says",
    (header, expected) => {
      const message = spec(header["Retry-After"] === "86401" ? {} : { retryDelay: "1" });
      expect(delayMs(answer(429, header), message)).toBe(expected);
    },
  );

  test("an expression gives whole, finite delays that are never negative", () => {
    expect(delayMs(answer(500), spec({ retryDelay: "1000.4 * (retried + 1)" }), 1)).toBe(2001);
    expect(delayMs(answer(500), spec({ retryDelay: "-5" }))).toBe(0);
    expect(delayMs(answer(500), spec({ retryDelay: "1 / retried" }))).toBe(12_000);
    expect(delayMs(answer(500), spec({ retryDelay: "exp(700)" }))).toBe(366 * 86_400_000);
  });
});
