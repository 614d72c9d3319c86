import type { Attributes, Span } from "@opentelemetry/api";
import { toWaybillError } from "../kernel/errors.ts";
import { attr, eventNames } from "./names.ts";

/** Facts beside a log line: plain values, never document text or a secret; `err` is what was thrown. */
interface LogFacts {
  readonly err?: unknown;
  readonly [fact: string]: unknown;
}

/** A log for what happens within a span, or, as pino's own, for what does not. */
export interface JobLog {
  info(facts: LogFacts, message: string): void;
  warn(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}

/** A log whose lines name the span and whose warnings and errors are kept with it as events. */
export function createSpanLog(log: JobLog, span: Span): JobLog {
  const { traceId, spanId } = span.spanContext();
  const ids = { trace_id: traceId, span_id: spanId };
  const write = (severity: "warn" | "error") => (facts: LogFacts, message: string) => {
    log[severity]({ ...facts, ...ids }, message);
    // A span that has ended takes nothing any more: then the line is in the log alone.
    if (span.isRecording()) span.addEvent(eventNames.log, eventAttributes(severity, facts, message));
  };
  return {
    info: (facts, message) => log.info({ ...facts, ...ids }, message),
    warn: write("warn"),
    error: write("error"),
  };
}

function eventAttributes(severity: string, { err, ...facts }: LogFacts, message: string): Attributes {
  const plain = Object.entries(facts).flatMap(([key, value]) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[`waybill.${key}`, value] as const]
      : [],
  );
  return {
    [attr.logSeverity]: severity,
    [attr.logMessage]: message,
    ...Object.fromEntries(plain),
    ...(err !== undefined && { [attr.errorCode]: toWaybillError(err).code }),
  };
}
