import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as poison from "../../../tests/support/documents/poison-documents.ts";
import {
  createDocumentFolder,
  type DocumentFolder,
} from "../../../tests/support/documents/stored-document.ts";
import { handbookText } from "../../../tests/support/documents/text-documents.ts";
import { systemClock } from "../../kernel/clock.ts";
import { createDocumentPool, type DocumentPool } from "./document-pool.ts";
import { identifyDocument } from "./identify-document.ts";
import { inspectDocument } from "./inspect-document.ts";

let folder: DocumentFolder;
let pool: DocumentPool;

beforeAll(async () => {
  folder = await createDocumentFolder();
  pool = createDocumentPool({
    workerPath: path.resolve("src/pipeline/documents/worker.ts"),
    threads: 1,
    timeLimitMs: 60_000,
    memoryLimitMb: 256,
    clock: systemClock,
  });
});
afterAll(async () => {
  await pool.close();
  await folder.remove();
});

async function read(name: string, content: string | Uint8Array) {
  const stored = await folder.store(name, content);
  const identified = await identifyDocument({ path: stored, name });
  return identified.kind === "rejected"
    ? identified
    : inspectDocument(pool, { path: stored, mediaType: identified.mediaType });
}

it.each([
  ["a PDF with a password", "a.pdf", poison.encryptedPdf, "document_encrypted"],
  ["a Word document with a password", "a.docx", poison.encryptedDocx, "document_encrypted"],
  ["a PDF cut off", "a.pdf", poison.truncatedPdf, "document_corrupt"],
  ["a Word document cut off", "a.docx", poison.truncatedDocx, "document_corrupt"],
  ["no bytes", "a.pdf", () => Buffer.alloc(0), "document_empty"],
  ["scanned pages", "a.pdf", poison.scannedPdf, "document_without_text"],
  ["a page of white space", "a.txt", () => Buffer.from(" \n\n\t"), "document_without_text"],
  ["a zip bomb that says how large it is", "a.docx", poison.zipBombDocx, "document_too_large"],
  ["a zip bomb that lies about its size", "a.docx", poison.lyingZipBombDocx, "document_too_large"],
  ["a PDF with a thousand arrays in each other", "a.pdf", poison.nestedPdf, "document_too_complex"],
  ["a PDF with a page tree a thousand levels deep", "a.pdf", poison.deepPageTreePdf, "document_too_complex"],
  ["Markdown with three thousand lists in each other", "a.md", poison.nestedMarkdown, "document_too_complex"],
  [
    "text that is called a PDF",
    poison.textNamedPdf.name,
    () => poison.textNamedPdf.bytes,
    "document_type_mismatch",
  ],
  ["a zip that is called a Word document", "a.docx", poison.zipWithoutWord, "document_unsupported"],
  ["bytes of no format", "a.bin", poison.binaryGarbage, "document_unsupported"],
])("%s is rejected with its own code, and the next document is read", async (_, name, content, code) => {
  expect(await read(name, content())).toMatchObject({ kind: "rejected", code });
  expect(await read("harmless.txt", handbookText)).toMatchObject({ kind: "inspected" });
});
