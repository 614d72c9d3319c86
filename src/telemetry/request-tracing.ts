import type { Context } from "@opentelemetry/api";
import {
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  type Span,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import type { Configuration } from "@vercel/otel";
import { cleanRequestSpan } from "./clean-request-span.ts";

/** Of the spans that Next makes itself, those that say something about a request. */
const telling = new Set(["BaseServer.handleRequest", "AppRouteRouteHandlers.runHandler"]);

/**
 * Tracing of pages and API calls through @vercel/otel: a share of them, to the same processors as the jobs'
 * spans, without the framework's own inner spans and without what a request asked for.
 */
export function requestTracing(processors: readonly SpanProcessor[], ratio: number): Configuration {
  return {
    serviceName: "waybill",
    spanProcessors: processors.map(toRequestProcessor),
    traceSampler: requestSampler(ratio),
    // Our own calls are spans already; the exporter's must never be.
    instrumentations: [],
    propagators: [],
  };
}

/** Of requests a share is traced, each with all or nothing of what it does. */
export function requestSampler(ratio: number): Sampler {
  return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
}

function toRequestProcessor(inner: SpanProcessor): SpanProcessor {
  return {
    onStart: (span: Span, context: Context) => inner.onStart(span, context),
    onEnd: (span: ReadableSpan) => {
      if (!isTelling(span)) return;
      cleanRequestSpan(span);
      inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

function isTelling(span: ReadableSpan): boolean {
  if (span.instrumentationScope.name !== "next.js") return true;
  const type = span.attributes["next.span_type"];
  return typeof type === "string" && telling.has(type);
}
