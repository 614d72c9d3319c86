import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Db } from "../db/client.ts";
import type { Log } from "../kernel/log.ts";
import { createBatchProcessor } from "./batch-processor.ts";
import { createOtlpExporter, type OtlpTarget } from "./otlp-exporter.ts";
import { createPostgresExporter } from "./postgres-exporter.ts";
import { PresetIdGenerator } from "./preset-ids.ts";
import { requestSampler } from "./request-tracing.ts";
import { createJobTracer, createRequestTracer, type JobTracer, type RequestTracer } from "./span-scope.ts";
import { createSpendingMetrics, noSpendingMetrics, type SpendingMetrics } from "./spending-metrics.ts";

/** The tracing of jobs, and of what requests do. */
export interface Telemetry {
  /** False where no span is kept. */
  readonly enabled: boolean;
  readonly tracer: JobTracer;
  /** For what a page or an API call asks for: kept when its request is. */
  readonly requests: RequestTracer;
  /** Processors that page and API spans go through too (instrumentation.ts). */
  readonly processors: readonly SpanProcessor[];
  /** Counters of what was spent, where another tool listens. */
  readonly spending: SpendingMetrics;
  /** Writes what is waiting; resolves when it is stored or given up. Never rejects. */
  flush(): Promise<void>;
  /** Spans that our store did not take since the start, or that were too many to wait for it. */
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
  /** The share of requests that is kept, 0 to 1; of jobs all are. */
  requestRatio: number;
  /** Another tool that gets the same spans, and what was spent as metrics. */
  otlp?: OtlpTarget | undefined;
}): Telemetry {
  const exporter = createPostgresExporter(options.db, options.log);
  const store = createBatchProcessor(exporter);
  const processors: SpanProcessor[] = options.enabled ? [store] : [];
  if (options.enabled && options.otlp !== undefined) {
    processors.push(createBatchProcessor(createOtlpExporter(options.otlp)));
  }
  const { deployment, log, otlp } = options;
  const spending =
    options.enabled && otlp !== undefined
      ? createSpendingMetrics({ deployment, log, otlp })
      : noSpendingMetrics;
  const idGenerator = new PresetIdGenerator();
  const common = {
    resource: resourceFromAttributes({ "service.name": "waybill", "service.version": options.deployment }),
    spanProcessors: processors,
  };
  const provider = new BasicTracerProvider({ ...common, idGenerator });
  const requests = new BasicTracerProvider({ ...common, sampler: requestSampler(options.requestRatio) });
  return {
    enabled: options.enabled,
    tracer: createJobTracer(provider.getTracer("waybill"), idGenerator, options.log),
    requests: createRequestTracer(requests.getTracer("waybill"), options.log),
    processors,
    spending,
    async flush() {
      const spans = provider.forceFlush().catch((error: unknown) => {
        log.warn({ err: error }, "spans could not be flushed");
      });
      await Promise.all([spans, spending.flush()]);
    },
    dropped: () => exporter.dropped() + store.overflowed(),
    async close() {
      await Promise.all([provider.shutdown(), spending.close()]);
    },
  };
}
