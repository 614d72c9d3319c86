import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { createApi } from "../../../src/api/create-api.ts";
import { ledgerTotalsSchema } from "../../../src/costs/ledger/ledger-view.ts";
import { carryOnCorrections } from "../../../src/costs/prices/correct-entries.ts";
import { costDimensions } from "../../../src/costs/reports/cost-series.ts";
import {
  costChartSchema,
  costSummarySchema,
  dearestFilesSchema,
} from "../../../src/costs/reports/cost-views.ts";
import { searchChunks } from "../../../src/pipeline/files/search-chunks.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { encryptedPdf } from "../../support/documents/poison-documents.ts";
import { ended, upload } from "../../support/ingest.ts";
import { putPrice } from "../../support/new-price.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
let api: ReturnType<typeof createApi>;
let dear: { fileId: string };
beforeAll(async () => {
  stack = await startServedStack();
  api = createApi(stack.runtime);
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  dear = await upload(stack, "dear.pdf", manualPdf({ pages: 40 }));
  const cheap = await upload(stack, "cheap.md", "# Cheap\n\nA few words.");
  const broken = await upload(stack, "broken.pdf", encryptedPdf());
  for (const { fileId } of [dear, cheap, broken]) await ended(stack, fileId, 60_000);
  // The callback of the broken file is a message too.
  await vi.waitFor(async () => {
    const { entries } = await get("/ledger/totals?waste=failed-delivery", ledgerTotalsSchema);
    expect(entries).toBe(1);
  });
  await tick(stack.runtime, { messageId: "msg_tick", retried: 0, sender: undefined });
  await searchChunks(stack.runtime, { project: "default", query: "words", limit: 3 });
  await putPrice(stack.database.db, new Date(), { nanoUsd: 27n });
  await carryOnCorrections(stack.runtime, Number.POSITIVE_INFINITY);
}, 90_000);
afterAll(() => stack.close());

async function get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const answer = await api.request(`/api/v1${path}`, {
    headers: { authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` },
  });
  const body = await answer.json();
  return schema.parse(body);
}

/** What the entries behind a figure come to. */
const opened = (ledger: string) => get(`/ledger/totals?${ledger}`, ledgerTotalsSchema);

async function ledgerSum(condition = sql`true`): Promise<string> {
  const { rows } = await stack.database.db.execute(
    sql`select coalesce(sum(nano_usd), 0)::text as sum from ledger where ${condition}`,
  );
  return z.object({ sum: z.string() }).parse(rows[0]).sum;
}

describe("costs over time", () => {
  it.each(costDimensions)("by %s are those of the entries that each figure opens", async (by) => {
    const chart = await get(`/costs?by=${by}&bucket=hour&from=${ago(3)}`, costChartSchema);
    expect(chart.nanoUsd).toBe(await ledgerSum());
    expect((await opened(chart.ledger)).nanoUsd).toBe(chart.nanoUsd);
    expect(chart.series.length).toBeGreaterThan(1);
    for (const line of chart.series) {
      expect(await opened(line.ledger ?? "")).toMatchObject({ nanoUsd: line.nanoUsd });
      expect(line.points.length).toBe(chart.boundaries.length - 1);
      for (const point of line.points) {
        const { nanoUsd, entries } = point;
        expect(await opened(point.ledger ?? "")).toMatchObject({ nanoUsd, entries });
      }
    }
  });

  it("are told by days of a time zone, and narrowed by every filter", async () => {
    const query =
      "bucket=day&timeZone=Asia/Kathmandu&project=default&step=embed&meter=embedding.tokens&by=model";
    const chart = await get(`/costs?${query}`, costChartSchema);
    expect(chart.series).toMatchObject([{ key: "waybill/lexical-1536" }]);
    expect(chart.nanoUsd).toBe(await ledgerSum(sql`step = 'embed' and meter = 'embedding.tokens'`));
    expect(new Set(chart.boundaries.map((at) => at.slice(11, 16)))).toEqual(new Set(["18:15"]));
  });

  it.each([
    ["too many buckets", "bucket=quarter&from=2026-01-01T00:00:00Z"],
    ["an end before the beginning", "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"],
    ["a time zone that does not exist", "timeZone=Mars/Olympus"],
    ["an unknown width", "bucket=fortnight"],
  ])("are refused for %s", async (_, query) => {
    const answer = await api.request(`/api/v1/costs?${query}`, {
      headers: { authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` },
    });
    expect([answer.status, (await answer.json()).error.code]).toEqual([400, "malformed_request"]);
  });
});

describe("the costs at a glance", () => {
  it("say what was spent, for what, and for nothing; each figure opens its entries", async () => {
    const summary = await get("/costs/summary?project=default", costSummarySchema);
    expect(summary.nanoUsd).toBe(await ledgerSum(sql`project_id is not null`));
    expect(summary.ingested).toMatchObject({ uploads: 3, succeeded: 2, failed: 1, pages: 41 });
    expect(summary.ingested.searchableMs).toBeGreaterThan(0);
    const figures = [summary, summary.ingestion, summary.waste, ...summary.waste.kinds];
    for (const { nanoUsd, ledger } of figures) expect((await opened(ledger)).nanoUsd).toBe(nanoUsd);
    const kinds = Object.fromEntries(summary.waste.kinds.map(({ kind, entries }) => [kind, entries]));
    expect(kinds).toMatchObject({ "failed-delivery": 1, "re-embedding": 0, "lost-attempt": 0 });
    expect(kinds["failed-attempt"]).toBeGreaterThan(2);
    const { nanoUsd, ledger } = summary.perThousandPages;
    const ingestion = BigInt((await opened(ledger)).nanoUsd);
    expect(nanoUsd).toBe(((ingestion * 1_000n) / 41n).toString());
    expect(ingestion).toBeLessThan(BigInt(summary.nanoUsd));
  });

  it("name the dearest files, with their corrections", async () => {
    const { items } = await get("/costs/files?limit=2", dearestFilesSchema);
    expect(items.map(({ name }) => name)[0]).toBe("dear.pdf");
    expect(items.length).toBe(2);
    for (const file of items) {
      expect(file.nanoUsd).toBe(await ledgerSum(sql`file_id = ${file.fileId}`));
      expect((await opened(file.ledger)).nanoUsd).toBe(file.nanoUsd);
    }
    expect(await get(`/costs/files?to=${ago(48)}`, dearestFilesSchema)).toEqual({ items: [] });
    expect((await get("/costs/files?project=default", dearestFilesSchema)).items.length).toBe(3);
  });
});

function ago(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}
