import { HTTPException } from "hono/http-exception";
import { describe, expect, test } from "vitest";
import { readPublishHeaders } from "./publish-headers.ts";
import { shownBody, shownHeader } from "./redact.ts";

const read = (headers: Record<string, string>) => readPublishHeaders(new Headers(headers), "message");

describe("publish headers", () => {
  test("what is not given is not there, so that a retry overrides only what it names", () => {
    expect(read({}).given).toEqual({});
    expect(read({ "Upstash-Retries": "0" }).given).toEqual({ maxRetries: 0 });
  });

  test("forwarded headers lose their prefix and have canonical names", () => {
    const { header } = read({
      "content-type": "text/plain",
      "upstash-forward-x-tenant-id": "acme",
      "x-other": "1",
    });
    expect(header).toEqual({ "Content-Type": ["text/plain"], "X-Tenant-Id": ["acme"] });
  });

  test.each([
    ["parallelism=3, rate=5, period=1m", { parallelism: 3, rate: 5, periodSec: 60 }],
    ["rate=5,period=90", { rate: 5, periodSec: 90 }],
    ["parallelism=1", { parallelism: 1, periodSec: 1 }],
    ["rate=1, period=7d", { rate: 1, periodSec: 604_800 }],
  ])("the flow control %s is read", (value, expected) => {
    const headers = { "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": value };
    expect(read(headers).given.flow).toEqual({
      key: "k",
      parallelism: undefined,
      rate: undefined,
      ...expected,
    });
  });

  test.each(["", "rate=0", "rate=x", "period=1m", "speed=3", "rate=1, period=1ms"])(
    "the flow control %j is refused",
    (value) => {
      const headers = { "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": value };
      expect(() => read(headers)).toThrow(HTTPException);
    },
  );

  test("labels are a list; empty ones do not count", () => {
    expect(read({ "Upstash-Label": " one, two,," }).given.labels).toEqual(["one", "two"]);
  });

  test("callbacks have their own options and forwarded headers", () => {
    const { given } = read({
      "Upstash-Callback": "https://cb.test",
      "Upstash-Callback-Delay": "10s",
      "Upstash-Callback-Forward-X-Back": "1",
      "Upstash-Failure-Callback": "https://fcb.test",
      "Upstash-Failure-Callback-Retries": "7",
    });
    expect(given.callback).toMatchObject({
      url: "https://cb.test",
      delayMs: 10_000,
      header: { "X-Back": ["1"] },
    });
    expect(given.failureCallback).toMatchObject({ url: "https://fcb.test", maxRetries: 7, delayMs: 0 });
  });
});

describe("redaction", () => {
  const shown = (fields: string) => {
    const { given, header } = read({
      ...{ "Upstash-Redact-Fields": fields, "Upstash-Forward-X-A": "a", "Upstash-Forward-X-B": "b" },
    });
    const spec = { url: "https://a.test", method: "POST", maxRetries: 3, labels: [], ...given, header };
    return { header: shownHeader(spec, header), body: shownBody(spec, Buffer.from("secret")).toString() };
  };

  test("only what is named is hidden, behind its SHA-256", () => {
    expect(shown("header[x-a]")).toEqual({
      header: { "X-A": [expect.stringMatching(/^REDACTED:[0-9a-f]{64}$/)], "X-B": ["b"] },
      body: "secret",
    });
    expect(shown("body").body).toMatch(/^REDACTED:/);
    expect(Object.values(shown("headers").header).flat().join()).not.toMatch(/\b[ab]\b(?!:)/);
  });

  test("an unknown field is refused: nothing must be shown by mistake", () => {
    expect(() => shown("bodyy")).toThrow(HTTPException);
  });
});
