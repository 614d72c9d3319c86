import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { toWaybillError } from "../kernel/errors.ts";
import type { SpanPlace } from "./carrier.ts";
import { attr } from "./names.ts";
import type { PresetIdGenerator } from "./preset-ids.ts";

/** How a span is started. Times are dates; without `startedAt` it starts now. */
interface SpanOptions {
  readonly kind?: "internal" | "server" | "client" | "producer" | "consumer";
  readonly attributes?: Attributes;
  readonly links?: readonly SpanPlace[];
  readonly startedAt?: Date;
}

/** An open span, passed by hand: job code never depends on an ambient context. */
export interface SpanScope extends SpanPlace {
  /** Runs `work` in a child span; an error marks the child and is thrown on. */
  child<T>(name: string, options: SpanOptions, work: (scope: SpanScope) => Promise<T>): Promise<T>;
  set(attributes: Attributes): void;
  /** Marks the span as failed; `code` is the low-cardinality reason. */
  fail(code: string): void;
  end(at?: Date): void;
}

/** A tracer whose spans may be given their ids. */
export interface JobTracer {
  /** Starts a span at a place in a trace: `ids.spanId` under `parentSpanId`, or as the trace's root. */
  start(
    name: string,
    ids: { traceId: string; spanId?: string; parentSpanId: string | null },
    options: SpanOptions,
  ): SpanScope;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Makes a JobTracer of an OpenTelemetry tracer and the id generator of its provider. */
export function createJobTracer(tracer: Tracer, idGenerator: PresetIdGenerator): JobTracer {
  return {
    start(name, ids, options) {
      const parent = ids.parentSpanId === null ? ROOT_CONTEXT : remoteParent(ids.traceId, ids.parentSpanId);
      const span = idGenerator.with({ traceId: ids.traceId, spanId: ids.spanId }, () =>
        tracer.startSpan(name, startOptions(options), parent),
      );
      return scopeOf(tracer, span, inheritedOf(options.attributes));
    },
  };
}

/** What a span hands down to its children: whose document they are for. */
function inheritedOf(attributes: Attributes = {}): Attributes {
  const handedDown = [attr.fileId, attr.runId, attr.project, attr.step, attr.stepId];
  return Object.fromEntries(handedDown.flatMap((key) => (key in attributes ? [[key, attributes[key]]] : [])));
}

function scopeOf(tracer: Tracer, span: Span, inherited: Attributes): SpanScope {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    async child(name, options, work) {
      const attributes = { ...inherited, ...options.attributes };
      const started = startOptions({ ...options, attributes });
      const scope = scopeOf(
        tracer,
        tracer.startSpan(name, started, trace.setSpan(ROOT_CONTEXT, span)),
        inherited,
      );
      try {
        return await work(scope);
      } catch (error) {
        scope.fail(toWaybillError(error).code);
        throw error;
      } finally {
        scope.end();
      }
    },
    set: (attributes) => {
      span.setAttributes(attributes);
    },
    fail: (code) => {
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      span.setAttributes({ [attr.errorType]: code, [attr.errorCode]: code });
    },
    end: (at) => span.end(at),
  };
}

function startOptions(options: SpanOptions) {
  const links: Link[] = (options.links ?? []).map((place) => ({
    context: { ...place, traceFlags: TraceFlags.SAMPLED },
  }));
  return {
    kind: kinds[options.kind ?? "internal"],
    links,
    ...(options.attributes && { attributes: options.attributes }),
    ...(options.startedAt && { startTime: options.startedAt }),
  };
}

function remoteParent(traceId: string, spanId: string): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}
