import { type Attributes, type HrTime, SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { z } from "zod";
import type { SpanView } from "./span-view.ts";

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const statuses = { unset: SpanStatusCode.UNSET, ok: SpanStatusCode.OK, error: SpanStatusCode.ERROR } as const;

const attributesSchema = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string()),
    z.array(z.number()),
    z.array(z.boolean()),
  ]),
);

const resource = resourceFromAttributes({ "service.name": "waybill" });

/** A stored span as OpenTelemetry's own exporters and serialisers take it. */
export function toReadableSpan(span: SpanView): ReadableSpan {
  const at = (spanId: string, traceId = span.traceId) => ({
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
  });
  return {
    name: span.name,
    kind: kinds[span.kind],
    spanContext: () => at(span.spanId),
    ...(span.parentSpanId !== null && { parentSpanContext: at(span.parentSpanId) }),
    startTime: toHrTime(BigInt(span.startNs)),
    endTime: toHrTime(BigInt(span.endNs)),
    duration: toHrTime(BigInt(span.endNs) - BigInt(span.startNs)),
    ended: true,
    status: {
      code: statuses[span.status],
      ...(span.statusMessage !== null && { message: span.statusMessage }),
    },
    attributes: attributesOf(span.attributes),
    links: span.links.map((link) => ({
      context: at(link.spanId, link.traceId),
      attributes: attributesOf(link.attributes),
    })),
    events: span.events.map((event) => ({
      name: event.name,
      time: toHrTime(BigInt(event.timeNs)),
      attributes: attributesOf(event.attributes),
    })),
    resource,
    instrumentationScope: { name: "waybill" },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function attributesOf(stored: Readonly<Record<string, unknown>>): Attributes {
  return attributesSchema.parse(stored);
}

function toHrTime(ns: bigint): HrTime {
  return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
}
