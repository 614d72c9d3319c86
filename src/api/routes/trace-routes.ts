import { createRoute, z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { listOf } from "../../pipeline/files/file-view.ts";
import { exportTrace } from "../../telemetry/export-trace.ts";
import { readSpan } from "../../telemetry/read-span.ts";
import { readTrace } from "../../telemetry/read-trace.ts";
import { requestLog } from "../../telemetry/request-log.ts";
import { searchTrace } from "../../telemetry/search-trace.ts";
import { slimSpanSchema } from "../../telemetry/slim-span.ts";
import { spanViewSchema } from "../../telemetry/span-view.ts";
import { redactFor } from "../../triage/redaction/read-redaction.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";
import { redactAt, spanPayloads } from "../payloads.ts";

const params = z.object({ id: z.string() });

const trace = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/trace",
  summary: "The spans of a file over all its runs, by their start, without attributes and events",
  request: { params, query: pageQuery({ default: 10_000, max: 10_000 }) },
  responses: { 200: json(listOf(slimSpanSchema), "A page of spans"), ...refusals(400, 404) },
});

const span = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/spans/{spanId}",
  summary: "One whole span of a file",
  request: { params: params.extend({ spanId: z.string() }) },
  responses: { 200: json(spanViewSchema, "The span"), ...refusals(404) },
});

const search = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/trace/search",
  summary: "The ids of the spans whose name, status, attributes or events contain a text",
  request: { params, query: z.object({ q: z.string().min(1).max(200) }) },
  responses: {
    200: json(z.object({ spanIds: z.array(z.string()), capped: z.boolean() }), "Ids by the spans' start"),
    ...refusals(400, 404),
  },
});

const download = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/trace.otlp.json",
  summary: "The whole trace of a file, over all its runs, as OTLP/JSON",
  request: { params },
  responses: {
    200: json(z.object({ resourceSpans: z.array(z.record(z.string(), z.unknown())) }), "An OTLP document"),
    ...refusals(404),
  },
});

/** Adds the traces: a file's spans, one of them, the search among them, and all as a document of OTLP. */
export function addTraceRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(trace, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await readTrace(ctx, { fileId: c.req.valid("param").id, limit, cursor }), 200);
  });
  api.openapi(span, async (c) => {
    const { id: fileId, spanId } = c.req.valid("param");
    return c.json(await readSpan(ctx, { fileId, spanId }), 200);
  });
  api.openapi(search, async (c) => {
    const fileId = c.req.valid("param").id;
    const show = await redactFor(ctx, c.get("principal").role);
    return c.json(await searchTrace(ctx, { fileId, text: c.req.valid("query").q, show }), 200);
  });
  // Written in pieces, which a typed JSON answer cannot be.
  api.openAPIRegistry.registerPath(download);
  api.get(download.getRoutingPath(), async (c) => {
    const fileId = c.req.param("id");
    const redact = await redactFor(ctx, c.get("principal").role);
    const pieces = await exportTrace(ctx, fileId, (span) =>
      spanViewSchema.parse(redactAt(span, spanPayloads, redact)),
    );
    c.header("Content-Type", "application/json");
    c.header("Content-Disposition", `attachment; filename="${fileId}.otlp.json"`);
    return stream(
      c,
      async (body) => {
        for await (const piece of pieces) await body.write(piece);
      },
      // The document is cut off, so that no reader takes it for whole.
      async (error) => requestLog(ctx.log).error({ err: error, fileId }, "a trace could not be written out"),
    );
  });
}
