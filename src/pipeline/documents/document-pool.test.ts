import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { manualPdf } from "../../../tests/support/documents/manual-pdf.ts";
import {
  createDocumentFolder,
  type DocumentFolder,
} from "../../../tests/support/documents/stored-document.ts";
import { type Clock, createAdjustableClock, systemClock } from "../../kernel/clock.ts";
import { createDocumentPool, type DocumentPool } from "./document-pool.ts";
import { extractRange } from "./extract-range.ts";
import { inspectDocument } from "./inspect-document.ts";

const workerPath = path.resolve("src/pipeline/documents/worker.ts");
const open: DocumentPool[] = [];
let folder: DocumentFolder;

beforeAll(async () => {
  folder = await createDocumentFolder();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});
afterAll(() => folder.remove());

function poolOf(settings: { threads?: number; memoryLimitMb?: number; clock?: Clock }): DocumentPool {
  const pool = createDocumentPool({
    workerPath,
    threads: 1,
    timeLimitMs: 60_000,
    memoryLimitMb: 256,
    clock: systemClock,
    ...settings,
  });
  open.push(pool);
  return pool;
}

const plain = { mediaType: "text/plain" as const };
const pdf = { mediaType: "application/pdf" as const };
/** Markdown on which the parser's work grows with the square of the marks of emphasis: hours. */
const endless = () => folder.store("endless.md", "*a_".repeat(200_000));

it("ends a task at its time limit and goes on with the next on a new thread", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  const pool = poolOf({ clock });
  const hostile = pool.run({ kind: "inspect", path: await endless(), mediaType: "text/markdown" });
  clock.advance(60_000);
  expect(await hostile).toEqual({
    kind: "rejected",
    code: "document_timeout",
    details: { timeLimitMs: 60_000 },
  });
  const next = await inspectDocument(pool, { path: await folder.store("next.txt", "Still here."), ...plain });
  expect(next).toMatchObject({ kind: "inspected", pages: null });
});

it("starts the time of a task only when a thread takes it", async () => {
  const clock = createAdjustableClock({ frozenAt: new Date(0) });
  const pool = poolOf({ clock });
  const hostile = pool.run({ kind: "inspect", path: await endless(), mediaType: "text/markdown" });
  const waiting = pool.run({ kind: "inspect", path: await folder.store("waits.txt", "Patient."), ...plain });
  clock.advance(60_000);
  expect(await hostile).toMatchObject({ code: "document_timeout" });
  expect(await waiting).toMatchObject({ kind: "inspected" });
});

it("ends a thread whose heap outgrows the limit, and harms no task beside it", async () => {
  const pool = poolOf({ threads: 2, memoryLimitMb: 96 });
  const hog = await folder.store("hog.html", "<p>a<p>b<p>c<p>d".repeat(1_500_000));
  const harmless = await folder.store("manual.pdf", manualPdf({ pages: 40 }));
  const [first, second] = await Promise.all([
    inspectDocument(pool, { path: hog, mediaType: "text/html" }),
    extractRange(pool, { path: harmless, ...pdf, range: { firstPage: 1, lastPage: 40 } }),
  ]);
  expect(first).toMatchObject({ kind: "rejected", code: "document_out_of_memory" });
  expect(second.kind === "extracted" && second.pages).toHaveLength(40);
});

it("rejects a PDF that PDFium's memory cannot hold, and reads the next on a new thread", async () => {
  const pool = poolOf({ memoryLimitMb: 64 });
  const huge = Buffer.concat([manualPdf({ pages: 2 }), Buffer.alloc(80 * 1024 * 1024, "%")]);
  const result = await inspectDocument(pool, { path: await folder.store("huge.pdf", huge), ...pdf });
  expect(result).toMatchObject({ kind: "rejected", code: "document_out_of_memory" });
  const small = await folder.store("small.pdf", manualPdf({ pages: 2 }));
  expect(await inspectDocument(pool, { path: small, ...pdf })).toMatchObject({ kind: "inspected", pages: 2 });
});

it("throws when the file is not there: that is our fault and not the document's", async () => {
  const missing = inspectDocument(poolOf({}), { path: "/nowhere/at/all.txt", ...plain });
  await expect(missing).rejects.toMatchObject({
    code: "internal_error",
    message: expect.stringContaining("ENOENT"),
  });
});

it("reads a file anew when its content has changed", async () => {
  const pool = poolOf({});
  const at = await folder.store("changing.txt", "Before.");
  await inspectDocument(pool, { path: at, ...plain });
  await folder.store("changing.txt", "Afterwards.");
  const result = await extractRange(pool, { path: at, ...plain, range: { firstPage: 1, lastPage: 1 } });
  expect(result.kind === "extracted" && result.pages[0]?.blocks[0]?.text).toBe("Afterwards.");
});

it("serves its first tasks on the threads that were started ahead", async () => {
  const pool = poolOf({ threads: 2 });
  pool.warmUp();
  const file = await folder.store("warm.pdf", manualPdf({ pages: 2 }));
  const results = await Promise.all([1, 2, 3].map(() => inspectDocument(pool, { path: file, ...pdf })));
  expect(results.map(({ kind }) => kind)).toEqual(["inspected", "inspected", "inspected"]);
});

it("refuses what is under way, what waits and what comes after it was closed", async () => {
  const pool = poolOf({});
  const task = { kind: "inspect" as const, path: await endless(), mediaType: "text/markdown" as const };
  const outcomes = Promise.allSettled([pool.run(task), pool.run(task)]);
  await pool.close();
  for (const outcome of [...(await outcomes), ...(await Promise.allSettled([pool.run(task)]))]) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "internal_error" } });
  }
});
