import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { OTLPExporterBase } from "@opentelemetry/otlp-exporter-base";
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from "@opentelemetry/otlp-exporter-base/node-http";
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from "@opentelemetry/otlp-transformer";
import type { PushMetricExporter, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";

/** Where another tool takes traces and metrics, and in which form. */
export interface OtlpTarget {
  /** The base address; traces go to `/v1/traces` under it, metrics to `/v1/metrics`. */
  readonly endpoint: string;
  readonly protocol: "http/protobuf" | "http/json";
}

/** Sends spans to a Jaeger, a Tempo or any other tool that speaks OTLP over HTTP. */
export function createOtlpExporter({ endpoint, protocol }: OtlpTarget): SpanExporter {
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  return protocol === "http/json" ? new JsonExporter({ url }) : new ProtobufExporter({ url });
}

/**
 * Sends metrics to a Prometheus, a Mimir or any other tool that speaks OTLP over HTTP. Put together of the parts of the
 * trace exporters' own version, of which there is no exporter of metrics. Sums are cumulative, as where none is chosen.
 */
export function createOtlpMetricExporter({ endpoint, protocol }: OtlpTarget): PushMetricExporter {
  const json = protocol === "http/json";
  const url = `${endpoint.replace(/\/+$/, "")}/v1/metrics`;
  const type = { "Content-Type": json ? "application/json" : "application/x-protobuf" };
  const delegate = createOtlpHttpExportDelegate(
    convertLegacyHttpOptions({ url }, "METRICS", "v1/metrics", type),
    json ? JsonMetricsSerializer : ProtobufMetricsSerializer,
    json ? "otlp_http_json_metric_exporter" : "otlp_http_metric_exporter",
    MetricsExporterMetricsHelper,
    undefined,
  );
  return new OTLPExporterBase<ResourceMetrics>(delegate);
}
