import { SpanKind, trace } from "@opentelemetry/api";
import { registerOTel } from "@vercel/otel";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { newTraceId } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { createTelemetry, type Telemetry } from "../../src/telemetry/create-telemetry.ts";
import { requestLog } from "../../src/telemetry/request-log.ts";
import { requestTracing } from "../../src/telemetry/request-tracing.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

const lines: string[] = [];
const log = createLog("warn", { write: (line: string) => lines.push(line) });
let database: TestDatabase;
const open: Telemetry[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  // As Next does it; a process registers once, so here each request says for itself whether it is kept.
  registerOTel(requestTracing(telemetryOf(1).processors, 1));
});
afterAll(async () => {
  await Promise.all(open.map((telemetry) => telemetry.close()));
  await database.drop();
});

function telemetryOf(requestRatio: number): Telemetry {
  const options = { db: database.db, log, enabled: true, deployment: "test", requestRatio };
  const telemetry = createTelemetry(options);
  open.push(telemetry);
  return telemetry;
}

const rowSchema = z.object({
  name: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string().nullable(),
  events: z.array(z.object({ name: z.string(), attributes: z.record(z.string(), z.unknown()) })),
});

async function stored(...names: string[]) {
  await Promise.all(open.map((telemetry) => telemetry.flush()));
  const { rows } = await database.db.execute(
    sql`select * from spans where name = any(${sql.param(names)}::text[]) order by start_ns, name`,
  );
  return z.array(rowSchema).parse(rows);
}

/** What a page or an API call asks for, as the search does. */
async function ask(telemetry: Telemetry, name: string): Promise<void> {
  const span = telemetry.requests.start(name, {});
  await span.child(`${name} below`, {}, async () => undefined);
  span.end();
}

test("of what requests do the share is kept that the ratio says, of jobs everything", async () => {
  const none = telemetryOf(0);
  for (let at = 0; at < 50; at += 1) {
    await ask(none, "not kept");
    none.tracer.start("job", { traceId: newTraceId(), parentSpanId: null }, {}).end();
  }
  expect(await stored("job")).toHaveLength(50);
  expect(await stored("not kept", "not kept below")).toEqual([]);
  await ask(telemetryOf(1), "kept");
  expect(await stored("kept", "kept below")).toHaveLength(2);
});

test("what a request does is kept with the request, in its trace, whatever the share of others", async () => {
  const [all, none] = [telemetryOf(1), telemetryOf(0)];
  const attributes = { "next.span_type": "BaseServer.handleRequest" };
  await trace
    .getTracer("next.js")
    .startActiveSpan("GET /", { kind: SpanKind.SERVER, attributes }, async (request) => {
      await ask(none, "within");
      requestLog(log).error({ err: new Error("said"), path: "/" }, "a request failed");
      request.end();
    });
  const [root] = await stored("GET /");
  const within = await stored("within", "within below");
  expect(within.map((span) => span.trace_id)).toEqual([root?.trace_id, root?.trace_id]);
  expect(within.find((span) => span.name === "within")?.parent_span_id).toBe(root?.span_id);
  expect(root?.events).toMatchObject([
    { name: "log", attributes: { "log.severity": "error", "log.message": "a request failed" } },
  ]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: "a request failed", trace_id: root?.trace_id, span_id: root?.span_id },
  ]);
  await ask(all, "of nobody");
  expect((await stored("of nobody"))[0]?.trace_id).not.toBe(root?.trace_id);
});
