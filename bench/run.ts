import { spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { fileViewSchema } from "../src/pipeline/files/file-view.ts";
import { acceptedUploadSchema } from "../src/pipeline/files/upload-view.ts";
import { ask, createDataFolder, type Product, startProduct } from "../tests/e2e/product.ts";
import { manualPdf } from "../tests/support/documents/manual-pdf.ts";

/**
 * `npm run bench`: a fresh start, a second start, a one-page document, the engine's overhead, and a 10 MB PDF
 * beside PDFium alone. Prints the figures of docs/benchmarks.md.
 */
const rounds = 3;
const data = await createDataFolder();

const first = await timed(() => startProduct(data.path));
await first.value.stop();
const again = await timed(() => startProduct(data.path));
const product = again.value;
console.log(`npm start to ready: first ${seconds(first.ms)}, again ${seconds(again.ms)}`);

await upload(product, "warm.md", "# Warm\n\nThe first document pays for the threads.");
const small: number[] = [];
for (let at = 0; at < 10; at += 1)
  small.push((await upload(product, `one-${at}.md`, `# Page ${at}\n\nOne page of text, number ${at}.`)).ms);
const last = await upload(product, "counted.md", "# Counted\n\nHow many messages does one page take?");
const messages = new Set(
  last.file.runHistory.flatMap((run) =>
    run.steps.flatMap((step) => step.attempts.map((attempt) => attempt.messageId)),
  ),
);
console.log(
  `one page, upload to searchable: median ${Math.round(median(small))} ms of ${small.length}; messages ${messages.size}`,
);

const overheads = last.file.runHistory.flatMap((run) =>
  run.steps.flatMap((step) => step.attempts.map(overheadMs)),
);
console.log(
  `engine's overhead per step (attempt less its own work): median ${Math.round(median(overheads))} ms of ${overheads.length}`,
);

const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
const whole: number[] = [];
const bare: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const pdf = manualPdf({ pages: 3000, seed: round + 1 });
  const path = join(folder, `manual-${round}.pdf`);
  await writeFile(path, pdf);
  bare.push(bareExtractionMs(path));
  whole.push((await upload(product, `manual-${round}.pdf`, pdf)).ms);
  console.log(
    `10 MB PDF, round ${round + 1}: PDFium alone ${seconds(bare.at(-1) ?? 0)}, upload to searchable ${seconds(whole.at(-1) ?? 0)}`,
  );
}
console.log(`10 MB PDF: ratio of the medians ${(median(whole) / median(bare)).toFixed(2)}`);
await product.stop();
await data.remove();

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
  const result = spawnSync(process.execPath, ["bench/bare-pdfium-process.ts", path], { encoding: "utf8" });
  return z.coerce.number().parse(result.stdout.trim());
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedMs };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
