import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("stand-in"));

const strange = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "1e999",
    "null",
    "__proto__",
    "constructor",
    "%00",
    "%zz",
    "..",
    "//",
    "\u0000",
  ),
  fc.constantFrom("https://a.test", "http://127.0.0.1:9/x", "api/llm", "9".repeat(30), "x".repeat(3000)),
);
const part = strange.map((text) => encodeURIComponent(text.isWellFormed() ? text : "\ufffd"));
const places = [
  ...["publish", "enqueue/q", "enqueue", "batch", "messages", "events", "logs", "dlq", "dlq/retry"],
  ...["queues", "schedules", "topics", "flowControl", "globalParallelism", "keys", "nothing"],
];
const verbs = ["", "/pause", "/resume", "/pin", "/unpin", "/resetRate", "/endpoints"];
const parameters = [
  ...["cursor", "count", "order", "fromDate", "toDate", "label", "state", "dlqIds", "messageIds", "url"],
  ...["host", "path", "responseStatus", "search", "parallelism", "rate", "period", "async", "upstash-delay"],
];
const headerNames = [
  ...["Method", "Retries", "Retry-Delay", "Delay", "Not-Before", "Timeout", "Deduplication-Id", "Cron"],
  ...["Content-Based-Deduplication", "Callback", "Failure-Callback", "Callback-Retries", "Label"],
  ...["Flow-Control-Key", "Flow-Control-Value", "Redact-Fields", "Queue-Name", "Schedule-Id", "Forward-X"],
].map((name) => `Upstash-${name}`);
const plausible = fc.constantFrom(
  ...[
    "1",
    "3s",
    "2147483648",
    "1.5",
    "pow(10, 400)",
    "1/0",
    "* * * * *",
    "POST",
    "true",
    "rate=1, period=7d",
  ],
  ...["parallelism=2147483648", "body", "header[x]", "https://b.test", "99999999999d", "9007199254740993"],
);
const headerValue = fc.oneof(
  plausible,
  strange.map((text) => text.replace(/[^\x21-\x7e]/g, "?")),
);

const request = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
  path: fc
    .tuple(
      fc.constantFrom(...places),
      fc.option(
        fc.oneof(
          part,
          fc.webPath().map((path) => `https://a.test${path}`),
        ),
      ),
      fc.constantFrom(...verbs),
    )
    .map(([place, id, verb]) => `/v2/${place}${id === null ? "" : `/${id}`}${verb}`),
  query: fc.array(fc.tuple(fc.constantFrom(...parameters), part), { maxLength: 3 }),
  headers: fc.dictionary(fc.constantFrom(...headerNames), headerValue, { maxKeys: 4 }),
  body: fc.option(
    fc.oneof(
      fc.json(),
      strange,
      fc.jsonValue().map((value) => JSON.stringify([{ destination: "https://a.test", body: value }])),
      fc
        .jsonValue()
        .map((value) => JSON.stringify({ queueName: "q", parallelism: value, endpoints: [value] })),
    ),
  ),
});

test("no request is answered with a fault of the service's own, or by anything but JSON", async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, headers, body }) => {
      const text = query.map(([name, value]) => `${name}=${value}`).join("&");
      const answer = await target.call(method, `${path}${text && `?${text}`}`, {
        // Hardly anything of it is delivered, and nothing to a place that exists.
        headers: { "Upstash-Delay": "1h", ...headers },
        ...(body !== null && method !== "GET" && { body }),
      });
      const said = await answer.text();
      expect([answer.status, said]).not.toEqual([500, expect.anything()]);
      if (!answer.ok) expect(JSON.parse(said)).toEqual({ error: expect.stringMatching(/\w/) });
      else if (said !== "") JSON.parse(said);
    }),
    { numRuns: 400 },
  );
}, 120_000);
