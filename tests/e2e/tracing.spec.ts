import { expect, test } from "@playwright/test";
import { Client } from "@upstash/qstash";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { fileViewSchema, listOf } from "../../src/pipeline/files/file-view.ts";
import { slimSpanSchema } from "../../src/telemetry/slim-span.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { columnsWith } from "../support/marked-rows.ts";
import { ask, createDataFolder, type Product, startProduct } from "./product.ts";
import { signInTo } from "./signed-in.ts";

let data: Awaited<ReturnType<typeof createDataFolder>>;
let product: Product;
let database: Database;
let qstash: Client;
test.beforeAll(async () => {
  // Every request is traced, so that whatever the framework says of one is seen.
  process.env.WAYBILL_REQUEST_TRACE_RATIO = "1";
  data = await createDataFolder();
  product = await startProduct(data.path);
  delete process.env.WAYBILL_REQUEST_TRACE_RATIO;
  database = openDatabase(product.database);
  qstash = new Client({ baseUrl: product.qstashUrl, token: product.qstashToken });
});
test.afterAll(async () => {
  await database.close();
  await product.stop();
  await data.remove();
});
test.describe.configure({ mode: "serial" });

test("the tick is scheduled for every minute, retention and reconciliation for once a day", async () => {
  const scheduled = await qstash.schedules.list();
  const place = ({ scheduleId, destination, cron }: (typeof scheduled)[number]) =>
    `${scheduleId} ${new URL(destination).pathname} ${cron}`;
  expect(scheduled.map(place).sort()).toEqual([
    "waybill-reconcile /api/jobs/reconcile 47 3 * * *",
    "waybill-retention /api/jobs/retention 17 3 * * *",
    "waybill-tick /api/jobs/tick * * * * *",
  ]);
});

test("deliveries of one document that overlap leave whole spans beside the framework's own tracing", async () => {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([Buffer.from(manualPdf({ pages: 430, seed: 5 }))]), "overlapping.pdf");
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  const { fileId } = z.object({ fileId: z.string() }).parse(await answer.json());
  const read = () => ask(product, `/api/v1/files/${fileId}`, fileViewSchema);
  await expect.poll(async () => (await read()).status, { timeout: 120_000 }).toBe("succeeded");

  const attempts = (await read()).runHistory.flatMap((run) => run.steps.flatMap((step) => step.attempts));
  const ms = (time: string | null) => Date.parse(time ?? "");
  const overlapping = attempts.some((one) =>
    attempts.some(
      (other) =>
        one.id !== other.id &&
        ms(one.startedAt) < ms(other.finishedAt) &&
        ms(other.startedAt) < ms(one.finishedAt),
    ),
  );
  expect(overlapping).toBe(true);
  const trace = () => ask(product, `/api/v1/files/${fileId}/trace`, listOf(slimSpanSchema));
  await expect
    .poll(async () => (await trace()).items.filter(({ parentSpanId }) => parentSpanId === null).length)
    .toBe(1);
  const spans = new Map((await trace()).items.map((span) => [span.spanId, span]));
  for (const attempt of attempts) {
    const span = spans.get(attempt.spanId);
    const lastedMs = Number(BigInt(span?.endNs ?? 0) - BigInt(span?.startNs ?? 0)) / 1e6;
    // Of the work and the commit; the row's times are whole ms.
    expect(lastedMs).toBeGreaterThanOrEqual((attempt.workMs ?? 0) - 2);
  }
  const orphans = [...spans.values()].filter(
    ({ parentSpanId }) => parentSpanId !== null && !spans.has(parentSpanId),
  );
  expect(orphans).toEqual([]);
});

test("the spans of pages and calls tell neither what was looked for nor a secret", async ({ page }) => {
  const mark = "Zebrafinch";
  await page.goto(product.firstAdminUrl ?? "");
  await signInTo(product, page.context());
  const paths = [
    `/files?q=${mark}`,
    `/search?q=${mark}`,
    `/nowhere/${mark}?${mark}`,
    `/files/${mark}`,
    `/errors/${mark}`,
  ];
  for (const path of paths) await page.goto(product.url + path);
  const calls = [
    `search?project=default&q=${mark}`,
    `find?id=${mark}`,
    `files?q=${mark}`,
    `files/${mark}/trace/search?q=${mark}`,
    `search?project=${mark}&q=x`,
    `${mark}/${mark}`,
  ];
  const headers = { authorization: `Bearer ${product.apiKey}` };
  for (const call of calls) await fetch(`${product.url}/api/v1/${call}`, { headers });
  await fetch(`${product.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${mark}` },
    body: JSON.stringify({ key: mark }),
  });

  const { db } = database;
  const requests = async () => {
    const { rows } = await db.execute(sql`
      select count(*)::int as found from spans where attributes ->> 'next.span_type' = 'BaseServer.handleRequest'
        and name like any (array['GET %', 'POST /api/session%'])`);
    return Number(rows[0]?.found);
  };
  await expect.poll(requests).toBeGreaterThanOrEqual(paths.length + calls.length + 1);
  const { rows } = await db.execute(
    sql`select distinct attributes ->> 'url.path' as path from spans where attributes ? 'url.path' order by 1`,
  );
  const told = rows.map(({ path }) => path);
  expect(told).toEqual(expect.arrayContaining(["/files", "/nowhere/…", "/join/…", "/api/v1/find"]));
  const token = product.firstAdminUrl?.split("/").at(-1) ?? "";
  expect(token.length).toBeGreaterThan(20);
  expect(await columnsWith(db, [mark, token, product.apiKey])).toEqual([]);
});
