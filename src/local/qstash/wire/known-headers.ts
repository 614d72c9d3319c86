import { refusal } from "../refusal.ts";

/** What the headers are about: not every one means something everywhere. */
export type HeaderUse = "message" | "schedule" | "DLQ retry";

const everywhere = [
  "Upstash-Method",
  "Upstash-Retries",
  "Upstash-Retry-Delay",
  "Upstash-Delay",
  "Upstash-Timeout",
  "Upstash-Flow-Control-Key",
  "Upstash-Flow-Control-Value",
  "Upstash-Label",
  "Upstash-Redact-Fields",
  ...["Upstash-Callback", "Upstash-Failure-Callback"].flatMap((name) => [
    name,
    ...["Method", "Timeout", "Retries", "Retry-Delay", "Delay"].map((option) => `${name}-${option}`),
  ]),
];
const known: Readonly<Record<HeaderUse, ReadonlySet<string>>> = {
  message: namesOf("Upstash-Not-Before", "Upstash-Header-Forward", ...deduplication()),
  schedule: namesOf("Upstash-Cron", "Upstash-Schedule-Id", "Upstash-Queue-Name", "Upstash-Header-Forward"),
  "DLQ retry": namesOf("Upstash-Not-Before"),
};
const prefixes = [
  "upstash-forward-",
  "upstash-callback-forward-",
  "upstash-failure-callback-forward-",
  // Said about the SDK, not about the message.
  "upstash-telemetry-",
];

/** @throws refusal 501 that names the first `Upstash-*` header that is not spoken: it must not be ignored */
export function checkHeadersKnown(headers: Headers, use: HeaderUse): void {
  for (const name of headers.keys()) {
    if (!name.startsWith("upstash-") || known[use].has(name)) continue;
    if (prefixes.some((prefix) => name.startsWith(prefix))) continue;
    throw refusal(501, `The local stand-in does not speak the header ${name} of a ${use}.`);
  }
}

function namesOf(...more: string[]): ReadonlySet<string> {
  return new Set([...everywhere, ...more].map((name) => name.toLowerCase()));
}

function deduplication(): string[] {
  return ["Upstash-Deduplication-Id", "Upstash-Content-Based-Deduplication"];
}
