import { TraceFlags } from "@opentelemetry/api";
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { systemClock } from "../kernel/clock.ts";

/** Most spans that wait for an exporter; what comes beyond is dropped, as telemetry must not fill the memory. */
const mostWaiting = 16_384;

/** How long a batch may take until it is given up, in ms: whoever flushes waits no longer. */
const longestWriteMs = 10_000;

/** A processor that says how many spans it had no room for. */
export interface BatchProcessor extends SpanProcessor {
  readonly overflowed: () => number;
}

/** Hands spans to an exporter in batches, at the latest a second after they ended. */
export function createBatchProcessor(exporter: SpanExporter): BatchProcessor {
  let waiting = 0;
  let overflowed = 0;
  const counted: SpanExporter = {
    export(spans, done) {
      waiting -= spans.length;
      exporter.export(spans, done);
    },
    shutdown: () => exporter.shutdown(),
  };
  const inner = new BatchSpanProcessor(counted, {
    maxQueueSize: mostWaiting,
    maxExportBatchSize: 512,
    scheduledDelayMillis: 1_000,
    exportTimeoutMillis: longestWriteMs,
  });
  return {
    overflowed: () => overflowed,
    onStart: (span, context) => inner.onStart(span, context),
    onEnd(span) {
      if (!(span.spanContext().traceFlags & TraceFlags.SAMPLED)) return;
      if (waiting >= mostWaiting) {
        overflowed += 1;
        return;
      }
      waiting += 1;
      inner.onEnd(span);
    },
    async forceFlush() {
      await inner.forceFlush();
      // A batch that the timer had sent may still be on its way.
      const done = new AbortController();
      await Promise.race([exporter.forceFlush?.(), systemClock.wait(longestWriteMs, done.signal)]);
      done.abort();
    },
    shutdown: () => inner.shutdown(),
  };
}
