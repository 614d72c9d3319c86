import { type Attributes, type HrTime, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import type { Log } from "../kernel/log.ts";
import { attr } from "./names.ts";

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

type SpanRow = ReturnType<typeof toRow>;

function toRow(span: ReadableSpan) {
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
    attributes: currentNames(span.attributes),
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

async function insertSpans(db: Db, rows: readonly SpanRow[]): Promise<void> {
  await db.execute(sql`
    insert into spans (trace_id, span_id, parent_span_id, name, kind, start_ns, end_ns, started_at, status,
                       status_message, attributes, events, links, file_id, run_id)
    select trace_id, span_id, parent_span_id, name, kind, start_ns, end_ns, started_at, status,
           status_message, attributes, events, links, file_id, run_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as batch(
      trace_id text, span_id text, parent_span_id text, name text, kind text, start_ns bigint, end_ns bigint,
      started_at timestamptz, status text, status_message text, attributes jsonb, events jsonb, links jsonb,
      file_id text, run_id text)
    on conflict do nothing`);
}

/** Next and @vercel/otel still write the HTTP attributes under their old names. */
const renamed: Readonly<Record<string, string>> = {
  "http.method": attr.httpMethod,
  "http.status_code": attr.httpStatus,
  "http.url": attr.urlFull,
  "http.target": "url.path",
};

function currentNames(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [renamed[key] ?? key, value]));
}

function toNs([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
