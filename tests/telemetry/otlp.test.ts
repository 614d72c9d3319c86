import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import { readTrace } from "../../src/telemetry/read-trace.ts";
import { ended, upload } from "../support/ingest.ts";
import { type OtlpSpan, parseOtlp } from "../support/otlp/otlp-span.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../support/otlp/receiver.ts";
import { storedSpan } from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

const byId = (spans: readonly OtlpSpan[]) => new Map(spans.map((span) => [span.spanId, span]));

vi.setConfig({ testTimeout: 60_000 });

describe.each([
  ["http/protobuf", "application/x-protobuf"],
  ["http/json", "application/json"],
])("another tool that takes OTLP by %s", (protocol, form) => {
  let stack: Stack;
  let receiver: OtlpReceiver;
  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    stack = await startServedStack({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    });
  });
  afterAll(async () => {
    await stack.close();
    receiver.close();
  });

  test("gets the trace of a document whole, as our own store has it", async () => {
    const document = "# Lanterns\n\nOf lanterns and ships.";
    const { fileId, traceId } = await upload(stack, "lanterns.md", document);
    expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded" });
    await stack.runtime.telemetry.flush();
    const { env } = stack;
    await ensureAdminKey(stack.runtime, env.WAYBILL_API_KEY);
    const answer = await createApi(stack.runtime).request(`/api/v1/files/${fileId}/trace.otlp.json`, {
      headers: { authorization: `Bearer ${env.WAYBILL_API_KEY}` },
    });
    const stored = byId(parseOtlp(await answer.json()).spans);
    const received = byId(receiver.spans.filter((span) => span.traceId === traceId));
    expect(stored.size).toBeGreaterThan(10);
    expect(received).toEqual(stored);
    expect([...receiver.forms]).toEqual([form]);
    for (const resource of receiver.resources)
      expect(resource).toMatchObject({ "service.name": "waybill", "service.version": "local" });
  });

  test("gets a tree: one root, and every other span under one that is there", () => {
    const spans = byId(receiver.spans);
    const roots = [...spans.values()].filter((span) => span.parentSpanId === "");
    expect(roots.map((span) => span.name)).toEqual(["ingest"]);
    const orphans = [...spans.values()].filter(
      (span) => span.parentSpanId !== "" && !spans.has(span.parentSpanId),
    );
    expect(orphans).toEqual([]);
  });
});

describe.each([
  ["refuses", (response: ServerResponse) => response.writeHead(400).end()],
  ["breaks off", (response: ServerResponse) => response.destroy()],
])("another tool that %s", (_how, answer) => {
  let stack: Stack;
  let asked = 0;
  const tool = createServer((_request, response) => {
    asked += 1;
    answer(response);
  });
  beforeAll(async () => {
    tool.listen(0, "127.0.0.1");
    await once(tool, "listening");
    const { port } = z.object({ port: z.number() }).parse(tool.address());
    stack = await startServedStack({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await stack.close();
    tool.close();
  });

  test("fails no job, and our own store has the whole trace", async () => {
    const { fileId, runId } = await upload(stack, "alone.md", "# Alone\n\nNobody else listens.");
    expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded", errorCode: null });
    const root = await storedSpan(stack, runId, "ingest");
    const { items } = await readTrace(stack.runtime, { fileId, limit: 1_000, cursor: null });
    expect(items.length).toBeGreaterThan(10);
    expect(items.filter((span) => span.traceId !== root.traceId)).toEqual([]);
    expect(stack.runtime.telemetry.dropped()).toBe(0);
    expect(asked).toBeGreaterThan(0);
  });
});
