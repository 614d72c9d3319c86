import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { ledgerEntryViewSchema } from "../../../src/costs/ledger/ledger-view.ts";
import { recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { newTraceId } from "../../../src/kernel/ids.ts";
import { chunkViewSchema, listOf, searchHitSchema } from "../../../src/pipeline/files/file-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";
import { insertChunks, insertFile, insertRun } from "./sample-file.ts";

const createdAt = new Date("2026-05-01T10:00:00Z");
let api: ServedApi;
let file: { fileId: string; runId: string; traceId: string };

beforeAll(async () => {
  api = await serveApi();
  file = await insertFile(api.ctx.db, { name: "whole.pdf", createdAt });
});
afterAll(() => api.stop());

async function readPage<Item extends z.ZodType>(path: string, item: Item) {
  const answer = await api.call(`/api/v1${path}`);
  expect(answer.status).toBe(200);
  return listOf(item).parse(await answer.json());
}

async function pagesOf<Item extends z.ZodType>(path: string, item: Item, limit: number) {
  let page = await readPage(`${path}?limit=${limit}`, item);
  const pages = [page.items];
  while (page.nextCursor !== null) {
    page = await readPage(`${path}?limit=${limit}&cursor=${page.nextCursor}`, item);
    pages.push(page.items);
  }
  return pages;
}

test("a file's chunks are those of the newest run that has any, page by page in their order", async () => {
  await insertChunks(api.ctx.db, file.runId, 5);
  await insertRun(api.ctx.db, { ...file, runId: "run_3", traceId: newTraceId(), number: 3, createdAt });
  const path = `/files/${file.fileId}/chunks`;
  const pages = await pagesOf(path, chunkViewSchema, 2);
  expect(pages.map((page) => page.map((chunk) => chunk.ordinal))).toEqual([[0, 1], [2, 3], [4]]);
  expect(pages[0]?.[1]).toMatchObject({
    text: "text 1",
    headingPath: ["Title", "Section 1"],
    firstPage: 2,
    lastPage: 3,
  });
  const { nextCursor } = await (await api.call(`/api/v1${path}?limit=3`)).json();
  await insertChunks(api.ctx.db, "run_3", 2, "newer");
  // A later page stays with the run of the first.
  const rest = await (await api.call(`/api/v1${path}?limit=3&cursor=${nextCursor}`)).json();
  expect(rest.items.map((chunk: { text: string }) => chunk.text)).toEqual(["text 3", "text 4"]);
  expect((await pagesOf(path, chunkViewSchema, 10))[0]?.map((chunk) => chunk.text)).toEqual([
    "newer 0",
    "newer 1",
  ]);
  const other = await insertFile(api.ctx.db, { name: "other.pdf", createdAt });
  const foreign = await api.call(`/api/v1/files/${other.fileId}/chunks?cursor=${nextCursor}`);
  expect(await foreign.json()).toEqual({ items: [], nextCursor: null });
});

test("a file's costs are its ledger entries with quantity, unit price and amount", async () => {
  const entry = (
    id: string,
    meter: "compute.ms" | "blob.transfer" | "qstash.messages",
    quantity: number,
  ) => ({
    id,
    projectId: null,
    ...file,
    stepId: null,
    step: "inspect",
    attemptId: null,
    meter,
    provider: meter === "qstash.messages" ? "upstash" : "vercel",
    model: "*",
    quantity,
    estimated: false,
    at: createdAt,
  });
  await recordEntries(api.ctx.db, [
    entry("entry_a", "compute.ms", 90),
    entry("entry_b", "blob.transfer", 2_000),
    entry("entry_c", "qstash.messages", 2),
  ]);
  const pages = await pagesOf(`/files/${file.fileId}/costs`, ledgerEntryViewSchema, 2);
  expect(pages.map((page) => page.map(({ id }) => id))).toEqual([["entry_a", "entry_b"], ["entry_c"]]);
  expect(
    pages
      .flat()
      .map(({ meter, quantity, unit, unitNanoUsd, nanoUsd }) => [
        meter,
        quantity,
        unit,
        unitNanoUsd,
        nanoUsd,
      ]),
  ).toEqual([
    ["compute.ms", 90, "ms of processor", expect.stringMatching(/^35\.5555/), "3200"],
    ["blob.transfer", 2_000, "byte", "0.05", "100"],
    ["qstash.messages", 2, "message", "10000", "20000"],
  ]);
  const { costNanoUsd } = await (await api.call(`/api/v1/files/${file.fileId}`)).json();
  expect(costNanoUsd).toBe("23300");
});

test("a search finds the chunks of current runs alone, best first, and is put down to the project", async () => {
  const { ctx } = api;
  const span = ctx.telemetry.tracer.start("test", { traceId: newTraceId(), parentSpanId: null }, {});
  const texts = [
    "The lighthouse keeper counts the ships",
    "A recipe for bread with rye and water",
    "Keeper of bees",
  ];
  const found = await insertFile(ctx.db, { name: "found.txt", createdAt });
  const running = await insertFile(ctx.db, { name: "running.txt", createdAt, status: "running" });
  for (const { runId } of [found, running]) await insertChunks(ctx.db, runId, texts.length);
  const { vectors } = await ctx.gateway.embed(span, { model: ctx.embedding.model, texts });
  for (const { fileId, runId } of [found, running]) {
    const { rows } = await ctx.db.execute(`select id, ordinal from chunks where run_id = '${runId}'`);
    const records = rows.map((row) => ({
      id: String(row.id),
      vector: vectors[Number(row.ordinal)] ?? [],
      metadata: { fileId, runId, fileName: "", ordinal: 0, firstPage: 1, lastPage: 1, headingPath: [] },
    }));
    await ctx.vector.upsert(span, "default", records);
  }
  const answer = await api.call("/api/v1/search?project=default&q=lighthouse keeper&limit=2");
  expect(answer.status).toBe(200);
  const { items } = listOf(searchHitSchema).parse(await answer.json());
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({
    fileId: found.fileId,
    fileName: "found.txt",
    project: "default",
    page: 1,
    heading: "Section 0",
    headingPath: ["Title", "Section 0"],
  });
  expect(items.every((hit) => hit.fileId === found.fileId)).toBe(true);
  expect(items[0]?.score).toBeGreaterThan(items[1]?.score ?? 1);
  const { rows } = await ctx.db.execute("select meter from ledger where step = 'search' order by meter");
  expect(rows.map((row) => row.meter)).toEqual(["embedding.tokens", "vector.queries"]);
});

test.each([
  ["?project=nowhere&q=a", 404, "project_not_found"],
  ["?project=default&q=", 400, "malformed_request"],
  ["?project=default&q=%20%20", 400, "malformed_request"],
  ["?q=a", 400, "malformed_request"],
  ["?project=default&q=a&limit=51", 400, "malformed_request"],
])("search%s is refused as %i", async (query, status, code) => {
  const answer = await api.call(`/api/v1/search${query}`);
  expect(answer.status).toBe(status);
  expect((await answer.json()).error.code).toBe(code);
});
