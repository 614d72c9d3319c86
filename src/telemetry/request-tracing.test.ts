import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type Sampler,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, test } from "vitest";
import { requestTracing } from "./request-tracing.ts";

/** A provider as @vercel/otel makes it of the configuration. */
function traced(ratio: number) {
  const exporter = new InMemorySpanExporter();
  const configuration = requestTracing([new SimpleSpanProcessor(exporter)], ratio);
  const processors = (configuration.spanProcessors ?? []).filter(
    (processor): processor is SpanProcessor => typeof processor === "object",
  );
  const sampler = configuration.traceSampler;
  const provider = new BasicTracerProvider({
    spanProcessors: processors,
    ...(isSampler(sampler) && { sampler }),
  });
  return { exporter, provider };
}

function isSampler(value: unknown): value is Sampler {
  return typeof value === "object" && value !== null && "shouldSample" in value;
}

describe("spans of pages and API calls", () => {
  test.each([
    [0, 0, 0],
    [0.05, 60, 140],
    [1, 2_000, 2_000],
  ])("are kept at a ratio of %f", (ratio, least, most) => {
    const { exporter, provider } = traced(ratio);
    const tracer = provider.getTracer("next.js");
    for (let request = 0; request < 2_000; request += 1) {
      const attributes = { "next.span_type": "BaseServer.handleRequest" };
      tracer.startSpan("GET /", { kind: SpanKind.SERVER, attributes }).end();
    }
    const kept = exporter.getFinishedSpans().length;
    expect(kept).toBeGreaterThanOrEqual(least);
    expect(kept).toBeLessThanOrEqual(most);
  });

  test("are those that say something about a request, and not the framework's own", () => {
    const { exporter, provider } = traced(1);
    const types = [
      "BaseServer.handleRequest",
      "NextNodeServer.startResponse",
      "AppRouteRouteHandlers.runHandler",
    ];
    for (const type of types)
      provider
        .getTracer("next.js")
        .startSpan(type, { attributes: { "next.span_type": type } })
        .end();
    provider.getTracer("another").startSpan("ours").end();
    expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual([
      "BaseServer.handleRequest",
      "AppRouteRouteHandlers.runHandler",
      "ours",
    ]);
  });

  test("tell the path as far as it is words and ids, no query, and of a fault no words", () => {
    const { exporter, provider } = traced(1);
    const span = provider.getTracer("next.js").startSpan("GET /sign-in/[token]", {
      attributes: {
        "next.span_type": "BaseServer.handleRequest",
        "http.method": "GET",
        "http.status_code": 200,
        "http.url": "https://waybill.test/sign-in/wbl_ZsOWDc8sXQ-TcjktTKdPluTFKBScPkgKqzjUG",
        "http.target": "/sign-in/wbl_ZsOWDc8sXQ-TcjktTKdPluTFKBScPkgKqzjUG?from=mail",
      },
    });
    span.recordException(new Error("cannot take: a document's text"));
    span.setStatus({ code: SpanStatusCode.ERROR, message: "cannot take: a document's text" });
    span.end();
    const [seen] = exporter.getFinishedSpans();
    expect(seen?.attributes).toEqual({
      "next.span_type": "BaseServer.handleRequest",
      "http.request.method": "GET",
      "http.response.status_code": 200,
      "url.path": "/sign-in/…",
    });
    expect(seen?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(seen?.events.map(({ attributes }) => attributes)).toEqual([{ "exception.type": "Error" }]);
  });

  test.each([
    ["/", "/"],
    ["/files?q=of+a+document", "/files"],
    [
      "/api/v1/files/file_45975b4b2a66051bd7f2d0a8c73cbb36/pages/12/picture",
      "/api/v1/files/file_45975b4b2a66051bd7f2d0a8c73cbb36/pages/12/picture",
    ],
    ["/api/v1/files/x/spans/00f067aa0ba902b7", "/api/v1/files/x/spans/00f067aa0ba902b7"],
    ["/errors/document_without_text", "/errors/document_without_text"],
    ["/A%20title/words#of", "/…/words"],
  ])("tell %s as %s", (target, told) => {
    const { exporter, provider } = traced(1);
    const attributes = { "next.span_type": "BaseServer.handleRequest", "http.target": target };
    provider.getTracer("next.js").startSpan("GET", { attributes }).end();
    expect(exporter.getFinishedSpans()[0]?.attributes["url.path"]).toBe(told);
  });
});
