import { refusal } from "../refusal.ts";

const callbackOptions = ["Method", "Timeout", "Retries", "Retry-Delay", "Delay"];
const known = new Set(
  [
    "Upstash-Method",
    "Upstash-Retries",
    "Upstash-Retry-Delay",
    "Upstash-Delay",
    "Upstash-Not-Before",
    "Upstash-Timeout",
    "Upstash-Deduplication-Id",
    "Upstash-Content-Based-Deduplication",
    "Upstash-Flow-Control-Key",
    "Upstash-Flow-Control-Value",
    "Upstash-Label",
    "Upstash-Redact-Fields",
    "Upstash-Queue-Name",
    "Upstash-Cron",
    "Upstash-Schedule-Id",
    ...["Upstash-Callback", "Upstash-Failure-Callback"].flatMap((name) => [
      name,
      ...callbackOptions.map((option) => `${name}-${option}`),
    ]),
  ].map((name) => name.toLowerCase()),
);
const anyOf = [
  "upstash-forward-",
  "upstash-callback-forward-",
  "upstash-failure-callback-forward-",
  // Said about the SDK, not about the message.
  "upstash-telemetry-",
];

/** @throws refusal 501 that names the first `Upstash-*` header that is not spoken: it must not be ignored */
export function checkHeadersKnown(headers: Headers): void {
  for (const name of headers.keys()) {
    if (!name.startsWith("upstash-") || known.has(name)) continue;
    if (anyOf.some((prefix) => name.startsWith(prefix))) continue;
    throw refusal(501, `The local stand-in does not speak the header ${name}.`);
  }
}
