import { z } from "zod";
import type { CallbackSpec, HeaderMap, MessageSpec } from "../entities.ts";
import { refusal } from "../refusal.ts";
import { parseDurationMs } from "./duration.ts";
import { parseFlowControl } from "./flow-control-value.ts";
import { forwardedHeaders } from "./forwarded-headers.ts";
import { checkHeadersKnown, type HeaderUse } from "./known-headers.ts";
import { parseRedactFields } from "./redact.ts";
import { parseRetryDelay } from "./retry-delay.ts";

/** What the headers of a publish ask for; what they do not name is not there. */
export interface PublishHeaders {
  /** Settings of the message itself. */
  readonly given: Partial<Omit<MessageSpec, "header">>;
  /** Headers for the destination. */
  readonly header: HeaderMap;
  readonly delayMs: number | undefined;
  /** Since the epoch; wins over the delay. */
  readonly notBeforeMs: number | undefined;
  readonly deduplicationId: string | undefined;
  readonly contentBasedDeduplication: boolean;
}

const methodSchema = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** What holds for a message that does not say. */
export const messageDefaults = { method: "POST", maxRetries: 3, labels: [] };

/**
 * Reads the headers of a publish, an enqueue, a schedule or a DLQ retry.
 * @throws refusal 400 with the header that is wrong, 501 for one that is not spoken
 */
export function readPublishHeaders(headers: Headers, use: HeaderUse): PublishHeaders {
  checkHeadersKnown(headers, use);
  const notBefore = readCount(headers, "Upstash-Not-Before");
  return {
    given: present({
      method: readMethod(headers, "Upstash-Method"),
      maxRetries: readCount(headers, "Upstash-Retries"),
      retryDelay: readRetryDelay(headers, "Upstash-Retry-Delay"),
      timeoutMs: readDuration(headers, "Upstash-Timeout"),
      callback: readCallback(headers, "Upstash-Callback"),
      failureCallback: readCallback(headers, "Upstash-Failure-Callback"),
      flow: parseFlowControl(headers),
      labels: readList(headers, "Upstash-Label"),
      redact: parseRedactFields(headers.get("Upstash-Redact-Fields")),
    }),
    header: forwardedHeaders(headers, {
      prefix: "Upstash-Forward-",
      // That of a retry tells of its own body, which may hold ids.
      contentType: use === "DLQ retry" ? null : headers.get("Content-Type"),
      all: readFlag(headers, "Upstash-Header-Forward"),
    }),
    delayMs: readDuration(headers, "Upstash-Delay"),
    notBeforeMs: notBefore === undefined ? undefined : notBefore * 1000,
    deduplicationId: headers.get("Upstash-Deduplication-Id") ?? undefined,
    contentBasedDeduplication: readFlag(headers, "Upstash-Content-Based-Deduplication"),
  };
}

/** @throws refusal 400 unless the text is an http(s) URL */
export function checkUrl(text: string, what: string): string {
  if (!/^https?:\/\//i.test(text)) {
    throw refusal(400, `invalid ${what} "${text}": it must begin with http:// or https://`);
  }
  // What cannot stand in a request line would be encoded on its way: the signature names the URL as it is.
  if (URL.canParse(text) && text.isWellFormed() && !/[\p{Cc}\s]/u.test(text)) return text;
  throw refusal(400, `invalid ${what} "${text}": it is no URL`);
}

function readCallback(headers: Headers, prefix: string): CallbackSpec | undefined {
  const url = headers.get(prefix);
  if (url === null) return undefined;
  return {
    url: checkUrl(url, prefix),
    method: readMethod(headers, `${prefix}-Method`) ?? "POST",
    header: forwardedHeaders(headers, {
      prefix: `${prefix}-Forward-`,
      contentType: "application/json",
      all: false,
    }),
    maxRetries: readCount(headers, `${prefix}-Retries`),
    retryDelay: readRetryDelay(headers, `${prefix}-Retry-Delay`),
    timeoutMs: readDuration(headers, `${prefix}-Timeout`),
    delayMs: readDuration(headers, `${prefix}-Delay`) ?? 0,
  };
}

function readMethod(headers: Headers, name: string): string | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  const parsed = methodSchema.safeParse(text.toUpperCase());
  if (!parsed.success) throw invalid(name, text, "must be GET, POST, PUT, PATCH or DELETE");
  return parsed.data;
}

function readCount(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw invalid(name, text, "must be a whole number");
  }
  return Number(text);
}

function readFlag(headers: Headers, name: string): boolean {
  const text = headers.get(name) ?? "false";
  if (text !== "true" && text !== "false") throw invalid(name, text, "must be true or false");
  return text === "true";
}

function readDuration(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw invalid(name, text, "must be a duration such as 50s or 1d10h30m");
  return durationMs;
}

function readRetryDelay(headers: Headers, name: string): string | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  try {
    parseRetryDelay(text);
    return text;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(name, text, `is no expression: ${error.message}`);
  }
}

function readList(headers: Headers, name: string): string[] | undefined {
  const items = (headers.get(name) ?? "").split(",").map((item) => item.trim());
  const named = items.filter((item) => item !== "");
  return named.length === 0 ? undefined : named;
}

function invalid(name: string, text: string, why: string): Error {
  return refusal(400, `invalid ${name} "${text}": it ${why}`);
}

/** Leaves out what is undefined, so that a spread of the result overrides only what was given. */
function present<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  const result: { [Key in keyof Fields]?: NonNullable<Fields[Key]> } = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined && value !== null) result[key] = value;
  }
  return result;
}
