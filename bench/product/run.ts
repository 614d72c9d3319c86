import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { acceptedUploadSchema } from "../../src/pipeline/files/upload-view.ts";
import { ask, createDataFolder, type Product, startProduct } from "../../tests/e2e/product.ts";
import { manualPdf } from "../../tests/support/documents/manual-pdf.ts";
import { figure, heading, quantile } from "../report.ts";

const rounds = 3;

/**
 * The whole product: a fresh start, a second start, a one-page document, the engine's overhead, and a 10 MB PDF
 * beside PDFium alone.
 */
export async function benchProduct(): Promise<void> {
  const data = await createDataFolder();
  const first = await timed(() => startProduct(data.path));
  await first.value.stop();
  const { value: product, ms } = await timed(() => startProduct(data.path));
  heading("The whole product");
  figure("npm start to ready, first", first.ms, "ms");
  figure("npm start to ready, again", ms, "ms", { name: "goal", value: 8000 });
  await benchSmallDocuments(product);
  await benchLargeDocuments(product);
  await product.stop();
  await data.remove();
}

async function benchSmallDocuments(product: Product): Promise<void> {
  await upload(product, "warm.md", "# Warm\n\nThe first document pays for the threads.");
  const small: number[] = [];
  for (let at = 0; at < 10; at += 1)
    small.push((await upload(product, `one-${at}.md`, `# Page ${at}\n\nOne page of text, number ${at}.`)).ms);
  const last = await upload(product, "counted.md", "# Counted\n\nHow many messages does one page take?");
  const attempts = last.file.runHistory.flatMap((run) => run.steps.flatMap((step) => step.attempts));
  const messages = new Set(attempts.map((attempt) => attempt.messageId));
  figure("one page, upload to searchable, median of 10", quantile(small), "ms", {
    name: "goal",
    value: 1000,
  });
  figure("messages for it", messages.size, "", { name: "goal", value: 2 });
  const overheadsMs = attempts.map(overheadMs);
  const goal = { name: "goal", value: 15 };
  figure("engine's overhead per step (attempt less its own work), median", quantile(overheadsMs), "ms", goal);
}

async function benchLargeDocuments(product: Product): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  const wholeMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const pdf = manualPdf({ pages: 3000, seed: round + 1 });
    const path = join(folder, `manual-${round}.pdf`);
    await writeFile(path, pdf);
    const bare = bareExtractionMs(path);
    const whole = await upload(product, `manual-${round}.pdf`, pdf);
    bareMs.push(bare);
    wholeMs.push(whole.ms);
    const alone = { name: "PDFium alone", value: bare };
    figure(`10 MB PDF, round ${round + 1}, upload to searchable`, whole.ms, "ms", alone);
  }
  const alone = { name: "PDFium alone", value: quantile(bareMs) };
  figure("10 MB PDF, median", quantile(wholeMs), "ms", alone);
  await rm(folder, { recursive: true });
}

async function upload(to: Product, name: string, content: string | Buffer) {
  const form = new FormData();
  form.set("project", "default");
  form.set("file", new Blob([typeof content === "string" ? content : new Uint8Array(content)]), name);
  const startedMs = performance.now();
  const response = await fetch(`${to.url}/api/upload`, {
    method: "POST",
    headers: { Authorization: `Bearer ${to.apiKey}` },
    body: form,
  });
  const { fileId } = acceptedUploadSchema.parse(await response.json());
  for (;;) {
    const file = await ask(to, `/api/v1/files/${fileId}`, fileViewSchema);
    if (file.status === "succeeded") return { ms: performance.now() - startedMs, file };
    await pause(10);
    if (file.status === "failed") throw new Error(`${name} failed: ${file.errorMessage}`);
  }
}

function overheadMs(attempt: {
  startedAt: string;
  finishedAt: string | null;
  workMs: number | null;
}): number {
  return (
    Date.parse(attempt.finishedAt ?? attempt.startedAt) -
    Date.parse(attempt.startedAt) -
    (attempt.workMs ?? 0)
  );
}

function bareExtractionMs(path: string): number {
  const result = spawnSync(process.execPath, ["bench/product/bare-pdfium-process.ts", path], {
    encoding: "utf8",
  });
  return z.coerce.number().parse(result.stdout.trim());
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedMs };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await benchProduct();
