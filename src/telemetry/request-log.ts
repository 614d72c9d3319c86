import { trace } from "@opentelemetry/api";
import { createSpanLog, type JobLog } from "./span-log.ts";

/** A log whose lines name the span of the request that is being answered, where there is one. */
export function requestLog(log: JobLog): JobLog {
  const span = trace.getActiveSpan();
  return span === undefined ? log : createSpanLog(log, span);
}
