import { type HrTime, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Db } from "../db/client.ts";
import type { Log } from "../kernel/log.ts";
import { attr } from "./names.ts";
import { insertSpans, type SpanRow } from "./store/insert-spans.ts";

/** Writes spans into the trace store; `dropped` counts those that the store did not take. */
export interface PostgresSpanExporter extends SpanExporter {
  readonly dropped: () => number;
}

/**
 * An exporter whose one statement is idempotent: a batch that is written twice is one set of rows. It never
 * throws: what the store refuses is counted and let go, since telemetry must not slow or fail a job.
 */
export function createPostgresExporter(db: Db, log: Log): PostgresSpanExporter {
  let dropped = 0;
  const writing = new Set<Promise<void>>();
  return {
    dropped: () => dropped,
    export(spans, done: (result: ExportResult) => void) {
      const write = insertSpans(db, spans.map(toRow))
        .then(() => done({ code: ExportResultCode.SUCCESS }))
        .catch((error: unknown) => {
          dropped += spans.length;
          log.warn({ err: error, dropped }, "the trace store refused a batch of spans");
          done({ code: ExportResultCode.FAILED });
        })
        .finally(() => writing.delete(write));
      writing.add(write);
    },
    async forceFlush() {
      await Promise.all(writing);
    },
    async shutdown() {
      await Promise.all(writing);
    },
  };
}

const kindNames: Record<SpanKind, string> = {
  [SpanKind.INTERNAL]: "internal",
  [SpanKind.SERVER]: "server",
  [SpanKind.CLIENT]: "client",
  [SpanKind.PRODUCER]: "producer",
  [SpanKind.CONSUMER]: "consumer",
};
const statusNames: Record<SpanStatusCode, string> = {
  [SpanStatusCode.UNSET]: "unset",
  [SpanStatusCode.OK]: "ok",
  [SpanStatusCode.ERROR]: "error",
};

function toRow(span: ReadableSpan): SpanRow {
  const place = span.spanContext();
  const startNs = toNs(span.startTime);
  return {
    trace_id: place.traceId,
    span_id: place.spanId,
    parent_span_id: span.parentSpanContext?.spanId ?? null,
    name: span.name,
    kind: kindNames[span.kind],
    start_ns: startNs.toString(),
    end_ns: toNs(span.endTime).toString(),
    started_at: new Date(Number(startNs / 1_000_000n)).toISOString(),
    status: statusNames[span.status.code],
    status_message: span.status.message ?? null,
    attributes: span.attributes,
    events: span.events.map((event) => ({
      name: event.name,
      timeNs: toNs(event.time).toString(),
      attributes: event.attributes ?? {},
    })),
    links: span.links.map((link) => ({
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      attributes: link.attributes ?? {},
    })),
    file_id: textOrNull(span.attributes[attr.fileId]),
    run_id: textOrNull(span.attributes[attr.runId]),
  };
}

function toNs([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
