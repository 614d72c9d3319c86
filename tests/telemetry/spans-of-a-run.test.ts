import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { steps } from "../../src/db/schema/steps.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import { pickIndex } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { ended, stepsOf, upload } from "../support/ingest.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

const spanSchema = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
  status: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  events: z.array(z.object({ name: z.string(), attributes: z.record(z.string(), z.unknown()) })),
  start_ms: z.coerce.number(),
  end_ms: z.coerce.number(),
});
type StoredSpan = z.output<typeof spanSchema>;

let stack: Stack;
const lines: string[] = [];
let run: { fileId: string; runId: string; traceId: string };
let spans: StoredSpan[];

async function gatewayAnswers(status: number, times: number): Promise<void> {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  const body = JSON.stringify({ match: "embedding", status, times });
  expect((await fetch(`${origin}/__local/faults`, { method: "POST", body })).status).toBe(200);
}

const named = (name: string) => spans.filter((span) => span.name === name);
const all = (name: string) => {
  const found = named(name);
  expect(found.length).toBeGreaterThan(0);
  return found;
};

// A run of two page ranges, with a retry and a hold.
beforeAll(async () => {
  stack = await startServedStack({}, { log: createLog("info", { write: (line) => lines.push(line) }) });
  await gatewayAnswers(503, 1);
  await gatewayAnswers(402, 1);
  // Another document each time: a copy of its original from an earlier run would spare the call to Blob.
  const seed = pickIndex(1_000_000);
  run = await upload(stack, "eventful.pdf", manualPdf({ pages: 420, seed }));
  const { db } = stack.database;
  await vi.waitFor(
    async () => {
      const states = (await stepsOf(stack, run.runId)).map((step) => step.state);
      if (!states.includes("held")) throw new Error(`the steps are ${states}`);
    },
    { timeout: 40_000, interval: 50 },
  );
  await db
    .update(steps)
    .set({ heldUntil: new Date(0) })
    .where(eq(steps.runId, run.runId));
  expect(await reconcile(stack.runtime)).toMatchObject({ holdsReleased: 1 });
  const advancing = setInterval(() => stack.clock.advance(2_000), 200);
  expect(await ended(stack, run.fileId, 60_000)).toMatchObject({ status: "succeeded" });
  clearInterval(advancing);
  await stack.runtime.telemetry.flush();
  const { rows } = await db.execute(sql`
    select *, start_ns / 1e6 as start_ms, end_ns / 1e6 as end_ms from spans where trace_id = ${run.traceId} order by start_ns`);
  spans = z.array(spanSchema).parse(rows);
}, 120_000);
afterAll(() => stack.close());

describe("the spans of a run", () => {
  test("say, each of them, which file, run, project, and graph version they are of", () => {
    for (const { attributes } of spans) {
      expect(attributes).toMatchObject({
        "waybill.file.id": run.fileId,
        "waybill.run.id": run.runId,
        "waybill.run.number": 1,
        "waybill.project": "default",
        "waybill.graph.version": 1,
      });
    }
  });

  test("say of an attempt, and of all that it called, which attempt of which step on which build it was", () => {
    const attempts = new Map(
      spans.filter(({ kind }) => kind === "consumer").map((span) => [span.span_id, span]),
    );
    const calls = spans.filter((span) => attempts.has(span.parent_span_id ?? ""));
    expect(calls.length).toBeGreaterThan(0);
    for (const span of [...attempts.values(), ...calls]) {
      expect(span.attributes).toMatchObject({
        "waybill.step": expect.any(String),
        "waybill.step.id": expect.stringMatching(/^step_/),
        "waybill.shard": expect.any(Number),
        "waybill.attempt": expect.any(Number),
        "waybill.round": 1,
        "waybill.deployment": "local",
      });
    }
    for (const { attributes } of attempts.values()) {
      expect(attributes).toMatchObject({
        "messaging.system.name": "qstash",
        "messaging.message.id": expect.stringMatching(/^msg_/),
        "waybill.message.retried": expect.any(Number),
        "waybill.outcome": expect.stringMatching(/^(succeeded|retry|held)$/),
      });
    }
  });

  test("say of an attempt that met a fault which one, of whom, and which kind of failure it is", () => {
    const [retried] = spans.filter(({ attributes }) => attributes["waybill.outcome"] === "retry");
    expect(retried).toMatchObject({
      name: "process embed",
      status: "error",
      attributes: {
        "error.type": "provider_unavailable",
        "waybill.error.code": "provider_unavailable",
        "waybill.error.fingerprint": expect.stringMatching(/^[0-9a-f]{16}$/),
        "waybill.provider": "gateway",
        "http.response.status_code": 503,
      },
    });
    const [held] = spans.filter(({ attributes }) => attributes["waybill.outcome"] === "held");
    expect(held).toMatchObject({ attributes: { "waybill.error.code": "provider_out_of_credit" } });
  });

  test("say of a call to a provider what was asked of whom, how large it was, and what it answered", () => {
    const calls = all("embeddings waybill/lexical-1536");
    expect(calls.find(({ status }) => status === "error")?.attributes).toMatchObject({
      "http.response.status_code": expect.any(Number),
    });
    expect(calls.find(({ status }) => status === "unset")).toMatchObject({
      kind: "client",
      attributes: {
        "gen_ai.operation.name": "embeddings",
        "gen_ai.provider.name": "waybill",
        "gen_ai.request.model": "waybill/lexical-1536",
        "gen_ai.usage.input_tokens": expect.any(Number),
        "gen_ai.embeddings.dimension.count": 1536,
        "waybill.provider": "gateway",
        "waybill.embeddings.texts": expect.any(Number),
      },
    });
    expect(all("upsert vectors")[0]).toMatchObject({
      kind: "client",
      attributes: {
        "db.system.name": "upstash_vector",
        "db.operation.name": "upsert",
        "db.namespace": "default",
        "waybill.vector.count": expect.any(Number),
      },
    });
    expect(all("put blob")).toMatchObject([
      {
        kind: "client",
        attributes: { "waybill.blob.operation": "put", "waybill.bytes": expect.any(Number) },
      },
    ]);
    expect(all("get blob")[0]).toMatchObject({
      kind: "client",
      attributes: { "waybill.blob.operation": "get", "waybill.bytes": expect.any(Number) },
    });
    expect(all("send ingest-file")[0]).toMatchObject({
      kind: "producer",
      attributes: {
        "messaging.operation.type": "send",
        "messaging.message.id": expect.stringMatching(/^msg_/),
      },
    });
  });

  test("have each wait with its reason", () => {
    const reasons = (name: string) =>
      new Set(all(name).map((span) => span.attributes["waybill.wait.reason"]));
    expect(reasons("wait in queue")).toEqual(new Set(["queue"]));
    expect(reasons("wait for next attempt")).toEqual(new Set(["backoff"]));
    expect(reasons("wait while held")).toEqual(new Set(["provider_out_of_credit"]));
    expect(reasons("wait for siblings")).toEqual(new Set(["siblings"]));
  });

  test("have the wait of a join from the end of the first of its shards to that of the last", async () => {
    const shards = (await stepsOf(stack, run.runId)).filter((step) => step.name === "extract");
    expect(shards.length).toBeGreaterThan(1);
    const ends = shards.map((step) => step.finishedAt?.getTime() ?? 0);
    const [wait] = named("wait for siblings").filter(
      ({ attributes }) => attributes["waybill.step"] === "chunk",
    );
    expect(wait).toMatchObject({
      start_ms: Math.min(...ends),
      end_ms: Math.max(...ends),
      attributes: { "waybill.wait.for": "extract" },
    });
  });

  test("keep what was warned of as events, and the log names the spans", () => {
    const warned = spans.filter(({ events }) => events.length > 0);
    expect(warned.map((span) => span.name)).toContain("process embed");
    for (const { span_id, trace_id, events } of warned) {
      expect(events[0]).toMatchObject({
        name: "log",
        attributes: {
          "log.severity": "warn",
          "log.message": "a step met a fault",
          "waybill.error.code": expect.stringMatching(/^provider_/),
        },
      });
      const line = lines.map((text) => JSON.parse(text)).find((entry) => entry.span_id === span_id);
      expect(line).toMatchObject({ trace_id, msg: "a step met a fault", runId: run.runId });
    }
  });
});
