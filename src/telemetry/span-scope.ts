import {
  type Attributes,
  type Context,
  context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { toWaybillError, type WaybillError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { SpanPlace } from "./carrier.ts";
import { attr } from "./names.ts";
import type { PresetIdGenerator } from "./preset-ids.ts";
import { createSpanLog, type JobLog } from "./span-log.ts";

/** How a span is started. Times are dates; without `startedAt` it starts now. */
interface SpanOptions {
  readonly kind?: "internal" | "server" | "client" | "producer" | "consumer";
  readonly attributes?: Attributes;
  readonly links?: readonly SpanPlace[];
  readonly startedAt?: Date;
}

/** An open span, passed by hand: only a request's first one is found by the ambient context. */
export interface SpanScope extends SpanPlace {
  /** Lines that name this span; warnings and errors are kept with it. */
  readonly log: JobLog;
  /** Runs `work` in a child span; an error marks the child and is thrown on. */
  child<T>(name: string, options: SpanOptions, work: (scope: SpanScope) => Promise<T>): Promise<T>;
  set(attributes: Attributes): void;
  /** Puts down that something happened, now. */
  event(name: string, attributes: Attributes): void;
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
export function createJobTracer(tracer: Tracer, idGenerator: PresetIdGenerator, log: Log): JobTracer {
  return {
    start(name, ids, options) {
      const parent = ids.parentSpanId === null ? ROOT_CONTEXT : remoteParent(ids.traceId, ids.parentSpanId);
      const span = idGenerator.with({ traceId: ids.traceId, spanId: ids.spanId }, () =>
        tracer.startSpan(name, startOptions(options), parent),
      );
      return scopeOf({ tracer, log, inherited: inheritedOf(options.attributes) }, span);
    },
  };
}

/** A tracer of what a request does, beneath the span of the request where that is traced. */
export interface RequestTracer {
  start(name: string, options: SpanOptions): SpanScope;
}

/** Makes a RequestTracer of an OpenTelemetry tracer whose sampler follows the request's. */
export function createRequestTracer(tracer: Tracer, log: Log): RequestTracer {
  return {
    start(name, options) {
      const span = tracer.startSpan(name, startOptions(options), context.active());
      return scopeOf({ tracer, log, inherited: inheritedOf(options.attributes) }, span);
    },
  };
}

/** What a span hands down to its children: whose document they are for, and which attempt of what. */
const handedDown = [
  attr.fileId,
  attr.runId,
  attr.runNumber,
  attr.round,
  attr.project,
  attr.graphVersion,
  attr.step,
  attr.stepId,
  attr.shard,
  attr.attempt,
  attr.deployment,
];

function inheritedOf(attributes: Attributes = {}): Attributes {
  return Object.fromEntries(handedDown.flatMap((key) => (key in attributes ? [[key, attributes[key]]] : [])));
}

interface Surroundings {
  readonly tracer: Tracer;
  readonly log: Log;
  readonly inherited: Attributes;
}

function scopeOf(around: Surroundings, span: Span): SpanScope {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    log: createSpanLog(around.log, span),
    async child(name, options, work) {
      const attributes = { ...around.inherited, ...options.attributes };
      const started = startOptions({ ...options, attributes });
      const parent = trace.setSpan(ROOT_CONTEXT, span);
      const scope = scopeOf(around, around.tracer.startSpan(name, started, parent));
      try {
        return await work(scope);
      } catch (thrown) {
        const error = toWaybillError(thrown);
        scope.fail(error.code);
        scope.set(providerFacts(error));
        throw thrown;
      } finally {
        scope.end();
      }
    },
    set: (attributes) => {
      span.setAttributes(attributes);
    },
    event: (name, attributes) => {
      span.addEvent(name, attributes);
    },
    fail: (code) => {
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      span.setAttributes({ [attr.errorType]: code, [attr.errorCode]: code });
    },
    end: (at) => span.end(at),
  };
}

/** Which provider an error is of and what it answered, where the error says so. */
export function providerFacts({ details }: WaybillError): Attributes {
  return {
    ...(typeof details.provider === "string" && { [attr.provider]: details.provider }),
    ...(typeof details.status === "number" && { [attr.httpStatus]: details.status }),
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
