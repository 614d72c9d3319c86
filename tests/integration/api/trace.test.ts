import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { newTraceId } from "../../../src/kernel/ids.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { slimSpanSchema } from "../../../src/telemetry/slim-span.ts";
import { spanViewSchema } from "../../../src/telemetry/span-view.ts";
import { parseOtlp } from "../../support/otlp/otlp-span.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertFile, insertRun, insertSpan } from "./sample-file.ts";

const createdAt = new Date("2026-05-01T10:00:00Z");
const startNs = BigInt(createdAt.getTime()) * 1_000_000n;
let api: ServedApi;
let file: { fileId: string; runId: string; traceId: string };

beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

async function read<Schema extends z.ZodType>(path: string, schema: Schema, status = 200) {
  const answer = await api.call(`/api/v1/files/${path}`);
  expect(answer.status).toBe(status);
  return schema.parse(await answer.json());
}

const listed = (fileId: string) => read(`${fileId}/trace`, listOf(slimSpanSchema)).then(({ items }) => items);
const refusal = z.object({ error: z.object({ code: z.string() }) });

describe("the spans of a file", () => {
  let second: typeof file;
  beforeAll(async () => {
    file = await insertFile(api.ctx.db, { name: "whole.pdf", createdAt });
    const other = await insertFile(api.ctx.db, { name: "other.pdf", createdAt });
    second = { ...file, runId: "run_2", traceId: newTraceId() };
    await insertRun(api.ctx.db, { ...second, number: 2, createdAt });
    await insertSpan(api.ctx.db, file, "b", startNs + 1n);
    await insertSpan(api.ctx.db, file, "a", startNs + 1n);
    await insertSpan(api.ctx.db, second, "c", startNs + 86_400_000_000_000n, {
      attributes: {
        "waybill.step": "embed",
        "waybill.shard": 3,
        "waybill.attempt": 2,
        "waybill.error.code": "x",
      },
    });
    await insertSpan(api.ctx.db, file, "d", startNs);
    await insertSpan(api.ctx.db, other, "e", startNs);
  });

  test("are those of all its runs and of no other file, page by page, by their start", async () => {
    const pages = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = `limit=3${cursor && `&cursor=${cursor}`}`;
      const page = await read(`${file.fileId}/trace?${query}`, listOf(slimSpanSchema));
      pages.push(page.items.map((span) => span.spanId));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([["d", "a", "b"], ["c"]]);
  });

  test("say where they stand and how they ended, exact to the nanosecond, without what is read one by one", async () => {
    const spans = await listed(file.fileId);
    expect(spans.at(-1)).toEqual({
      traceId: second.traceId,
      spanId: "c",
      parentSpanId: null,
      name: "upsert vectors",
      kind: "client",
      startNs: String(startNs + 86_400_000_000_000n),
      endNs: String(startNs + 86_400_001_234_567n),
      status: "error",
      statusMessage: "provider_unavailable",
      runId: "run_2",
      step: "embed",
      shard: 3,
      attempt: 2,
      waitReason: null,
      errorCode: "x",
      links: [{ traceId: "t", spanId: "s", attributes: {} }],
    });
  });

  test("are refused for a file that is not there and for a cursor of another list", async () => {
    for (const path of ["trace", "spans/a", "trace/search?q=a"]) {
      expect(await read(`file_none/${path}`, refusal, 404)).toMatchObject({
        error: { code: "file_not_found" },
      });
    }
    const { error } = await read(`${file.fileId}/trace?cursor=WzFd`, refusal, 400);
    expect(error.code).toBe("malformed_request");
  });

  test("are read whole one by one, and only under their own file", async () => {
    const span = await read(`${file.fileId}/spans/a`, spanViewSchema);
    expect(span).toMatchObject({ traceId: file.traceId, attributes: { "waybill.vector.count": 3 } });
    expect(await read(`${file.fileId}/spans/e`, refusal, 404)).toMatchObject({
      error: { code: "span_not_found" },
    });
  });
});

describe("the whole trace as a document of OTLP", () => {
  async function download(fileId: string) {
    const answer = await api.call(`/api/v1/files/${fileId}/trace.otlp.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${fileId}.otlp.json"`);
    const { spans, resources } = parseOtlp(await answer.json());
    for (const resource of resources) expect(resource).toEqual({ "service.name": "waybill" });
    return spans;
  }

  test("has every field of every span, exact to the nanosecond", async () => {
    const exported = await insertFile(api.ctx.db, { name: "exported.pdf", createdAt });
    await insertSpan(api.ctx.db, exported, "00f067aa0ba902b7", startNs, {
      parentSpanId: "00f067aa0ba902b8",
      kind: "consumer",
      attributes: { "waybill.step": "embed", "waybill.shard": 3, cached: true },
      events: [{ name: "log", timeNs: String(startNs + 7n), attributes: { level: "warn" } }],
      links: [{ traceId: newTraceId(), spanId: "00f067aa0ba902b9", attributes: {} }],
    });
    expect(await download(exported.fileId)).toEqual([
      {
        traceId: exported.traceId,
        spanId: "00f067aa0ba902b7",
        parentSpanId: "00f067aa0ba902b8",
        name: "upsert vectors",
        kind: 5,
        startTimeUnixNano: String(startNs),
        endTimeUnixNano: String(startNs + 1_234_567n),
        attributes: { "waybill.step": "embed", "waybill.shard": 3, cached: true },
        events: [{ name: "log", timeUnixNano: String(startNs + 7n), attributes: { level: "warn" } }],
        links: [{ traceId: expect.stringMatching(/^[0-9a-f]{32}$/), spanId: "00f067aa0ba902b9" }],
        status: { code: 2, message: "provider_unavailable" },
      },
    ]);
  });

  test("is whole however many spans it has, and a document also without any", async () => {
    const many = await insertFile(api.ctx.db, { name: "many.pdf", createdAt });
    expect(await download(many.fileId)).toEqual([]);
    await api.ctx.db.execute(sql`
      insert into spans (trace_id, span_id, name, kind, start_ns, end_ns, started_at, status, attributes, events,
                         links, file_id)
      select ${many.traceId}, n::text, 'x', 'client', ${startNs}::bigint + n / 2, ${startNs}::bigint + n, ${createdAt.toISOString()}::timestamptz, 'ok', '{}', '[]', '[]',
             ${many.fileId}
      from generate_series(1, 2000) n`);
    const ids = (await download(many.fileId)).map(({ spanId }) => spanId);
    expect(ids).toHaveLength(2_000);
    expect(new Set(ids).size).toBe(2_000);
  });

  test("is refused for a file that is not there", async () => {
    expect(await read("file_none/trace.otlp.json", refusal, 404)).toMatchObject({
      error: { code: "file_not_found" },
    });
  });
});

test("a search finds a file's spans by name, error, attribute and event, in any case, and what it asks literally", async () => {
  const found = await insertFile(api.ctx.db, { name: "search.pdf", createdAt });
  const insert = (spanId: string, more: Parameters<typeof insertSpan>[4]) =>
    insertSpan(api.ctx.db, found, spanId, startNs, { statusMessage: null, attributes: {}, ...more });
  await insert("1", { name: "Read Document" });
  await insert("2", { statusMessage: "lease_lost" });
  await insert("3", { attributes: { "gen_ai.request.model": "small-3", "waybill.run.id": found.runId } });
  await insert("4", { events: [{ name: "log", timeNs: "1", attributes: { message: "slept 100%" } }] });
  const search = (text: string) =>
    read(
      `${found.fileId}/trace/search?q=${encodeURIComponent(text)}`,
      z.object({ spanIds: z.array(z.string()), capped: z.boolean() }),
    );
  expect(await search("read doc")).toEqual({ spanIds: ["1"], capped: false });
  expect((await search("lease_lost")).spanIds).toEqual(["2"]);
  expect((await search("SMALL-3")).spanIds).toEqual(["3"]);
  expect((await search("gen_ai.request")).spanIds).toEqual(["3"]);
  expect((await search("100%")).spanIds).toEqual(["4"]);
  expect((await search("s%t")).spanIds).toEqual([]);
  expect((await search("leaseXlost")).spanIds).toEqual([]);
  // What every span carries would find all of them.
  expect((await search(found.runId)).spanIds).toEqual([]);
});

test("a span that begins before its parent or its sender shows by how much the clocks disagree", async () => {
  const skewed = await insertFile(api.ctx.db, { name: "skewed.pdf", createdAt });
  const at = (ms: number) => startNs + BigInt(ms) * 1_000_000n;
  const insert = (spanId: string, ms: number, more: Parameters<typeof insertSpan>[4]) =>
    insertSpan(api.ctx.db, skewed, spanId, at(ms), { links: [], ...more });
  const sentBy = (spanId: string) => [{ traceId: skewed.traceId, spanId, attributes: {} }];
  await insert("root", 0, {});
  await insert("in-step", 5_000, { parentSpanId: "root" });
  await insert("sender", 6_000, { parentSpanId: "root" });
  await insert("receiver", 4_500, { parentSpanId: "root", links: sentBy("sender") });
  await insert("too-early", -300, { parentSpanId: "root" });
  await insert("near-enough", -10, { parentSpanId: "root" });
  await insert("told-when-written", 7_000, { attributes: { "waybill.clock.skew_ms": 90 } });
  const skews = new Map((await listed(skewed.fileId)).map((span) => [span.spanId, span.skewMs]));
  expect(Object.fromEntries(skews)).toEqual({
    root: undefined,
    "in-step": undefined,
    sender: undefined,
    receiver: 1_500,
    "too-early": 300,
    "near-enough": undefined,
    "told-when-written": 90,
  });
  // Also when what came first is on another page.
  const first = await read(`${skewed.fileId}/trace?limit=1`, listOf(slimSpanSchema));
  expect(first.items).toMatchObject([{ spanId: "too-early", skewMs: 300 }]);
});
