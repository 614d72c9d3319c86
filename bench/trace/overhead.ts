import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { fileSummarySchema, listOf } from "../../src/pipeline/files/file-view.ts";
import { ask, createDataFolder, type Product, startProduct } from "../../tests/e2e/product.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { pidOf, processorMsOfTree } from "../processor-time.ts";
import { figure, quantile } from "../report.ts";

const rounds = 6;
const documents = 60;

/** What an ingestion took. */
interface Seen {
  readonly wallMs: number;
  /** Of the product, its stand-ins and its Postgres. */
  readonly processorMs: number;
}

/** How much more the same documents take with tracing than without; rounds of both alternate. */
export async function benchOverhead(): Promise<void> {
  const on: Seen[] = [];
  const off: Seen[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Neither has the advantage of coming second.
    if (round % 2 === 0) on.push(await ingestion("on"));
    off.push(await ingestion("off"));
    if (round % 2 === 1) on.push(await ingestion("on"));
  }
  for (const [name, key] of [
    ["time", "wallMs"],
    ["processor time", "processorMs"],
  ] as const) {
    const without = { name: "without", value: quantile(off.map((seen) => seen[key])) };
    figure(
      `${documents} documents with tracing, ${name}, median`,
      quantile(on.map((seen) => seen[key])),
      "ms",
      without,
    );
  }
}

async function ingestion(telemetry: "on" | "off"): Promise<Seen> {
  process.env.WAYBILL_TELEMETRY = telemetry;
  const data = await createDataFolder();
  const product = await startProduct(data.path, { port: await freePort() });
  try {
    const pid = await pidOf(data.path);
    await ingest(product, "warm", 20);
    const [startedMs, usedMs] = [performance.now(), await processorMsOfTree(pid)];
    await ingest(product, "counted", documents);
    const wallMs = performance.now() - startedMs;
    // What is written after the last document is ready is work that it causes too.
    await pause(2_000);
    return { wallMs, processorMs: (await processorMsOfTree(pid)) - usedMs };
  } finally {
    await product.stop();
    await data.remove();
    delete process.env.WAYBILL_TELEMETRY;
  }
}

/** Uploads documents, one after the other, and waits until all have succeeded. */
async function ingest(to: Product, name: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const form = new FormData();
    form.set("project", "default");
    form.set("file", new Blob([`# ${name} ${at}\n\nOne page of text, number ${at}.`]), `${name}-${at}.md`);
    const headers = { Authorization: `Bearer ${to.apiKey}` };
    const answer = await fetch(`${to.url}/api/upload`, { method: "POST", headers, body: form });
    z.literal(202).parse(answer.status);
  }
  const path = `/api/v1/files?q=${name}-&status=queued&status=running&status=held&status=failed&limit=1`;
  while ((await ask(to, path, listOf(fileSummarySchema))).items.length > 0) await pause(20);
}
