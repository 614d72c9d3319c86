import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Db } from "../db/client.ts";
import type { Log } from "../kernel/log.ts";
import { createPostgresExporter } from "./postgres-exporter.ts";
import { PresetIdGenerator } from "./preset-ids.ts";
import { createJobTracer, type JobTracer } from "./span-scope.ts";

/** The tracing of jobs. */
export interface Telemetry {
  readonly tracer: JobTracer;
  /** Processors that page and API spans go through too (instrumentation.ts). */
  readonly processors: readonly SpanProcessor[];
  /** Writes what is waiting; resolves when it is stored or given up. Never rejects. */
  flush(): Promise<void>;
  /** Spans that the store did not take since the start. */
  dropped(): number;
  close(): Promise<void>;
}

/**
 * A tracer provider of our own, beside the one of @vercel/otel: that one closes every open span of a trace
 * in the process when the first request of the trace ends, and our deliveries share a trace
 * (docs/decisions/0003-own-tracer-provider-for-jobs.md).
 */
export function createTelemetry(options: {
  db: Db;
  log: Log;
  enabled: boolean;
  deployment: string;
  otlpEndpoint?: string | undefined;
}): Telemetry {
  const exporter = createPostgresExporter(options.db, options.log);
  const batching = { maxQueueSize: 16_384, maxExportBatchSize: 512, scheduledDelayMillis: 1_000 };
  const processors: SpanProcessor[] = options.enabled ? [new BatchSpanProcessor(exporter, batching)] : [];
  if (options.enabled && options.otlpEndpoint !== undefined) {
    const url = `${options.otlpEndpoint.replace(/\/+$/, "")}/v1/traces`;
    processors.push(new BatchSpanProcessor(new OTLPTraceExporter({ url }), batching));
  }
  const idGenerator = new PresetIdGenerator();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "waybill", "service.version": options.deployment }),
    spanProcessors: processors,
    idGenerator,
  });
  return {
    tracer: createJobTracer(provider.getTracer("waybill"), idGenerator),
    processors,
    flush: () =>
      provider.forceFlush().catch((error: unknown) => {
        options.log.warn({ err: error }, "spans could not be flushed");
      }),
    dropped: exporter.dropped,
    close: () => provider.shutdown(),
  };
}
