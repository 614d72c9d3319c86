import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { harmlessPath } from "./harmless-path.ts";
import { attr } from "./names.ts";

/** Next and @vercel/otel still write the HTTP attributes under their old names. */
const renamed: Readonly<Record<string, string>> = {
  "http.method": attr.httpMethod,
  "http.status_code": attr.httpStatus,
  "http.target": attr.urlPath,
};

/** They hold whole addresses: their queries are what somebody looks for, or a secret. */
const dropped = ["http.url", attr.urlFull, "url.query"];

/**
 * Makes the span of a page or an API call, which the framework has written, one of ours: today's names, of its
 * address only the path as far as it is known to be harmless, and of a fault its kind without its words, which
 * quote what the page had been given.
 */
export function cleanRequestSpan({ attributes, events, status }: ReadableSpan): void {
  for (const key of dropped) delete attributes[key];
  for (const [old, current] of Object.entries(renamed)) {
    if (attributes[old] === undefined) continue;
    attributes[current] = attributes[old];
    delete attributes[old];
  }
  const path = attributes[attr.urlPath];
  if (typeof path === "string") attributes[attr.urlPath] = harmlessPath(path);
  delete status.message;
  for (const { attributes: told } of events) {
    delete told?.["exception.message"];
    delete told?.["exception.stacktrace"];
  }
}
