import { readFile, stat } from "node:fs/promises";
import type { DocumentResult, DocumentTask, WorkerReply } from "./document-task.ts";
import type { MediaType } from "./media-type.ts";
import type { OpenDocument } from "./open-document.ts";
import type { Pdfium } from "./pdf/pdfium.ts";
import { documentError, rejectDocument, rejectionOf } from "./rejection.ts";

/** Reads documents in the thread that it was made in. */
export interface DocumentReader {
  /** Loads ahead what the first PDF would wait for, about half a second. */
  warmUp(): Promise<void>;
  read(task: DocumentTask): Promise<WorkerReply>;
}

/** How many documents stay open, so that the ranges of two files under way do not parse them again and again. */
const keptOpen = 2;

/**
 * A reader with one PDFium and the last documents kept open. The other formats'
 * libraries are loaded when their first document comes.
 * @param memoryLimitBytes the most that PDFium may take; beyond half of it the reader says that it is spent
 */
export function createDocumentReader(memoryLimitBytes: number): DocumentReader {
  const opened = new Map<string, OpenDocument>();
  let pdfium: Pdfium | undefined;
  let broken = false;

  const loadPdf = async () => {
    const [{ openPdf }, { startPdfium }] = await Promise.all([
      import("./pdf/open-pdf.ts"),
      import("./pdf/pdfium.ts"),
    ]);
    const started = await startPdfium(memoryLimitBytes);
    pdfium = started;
    return (bytes: Uint8Array) => openPdf(started, bytes);
  };
  let pdfLoaded: ReturnType<typeof loadPdf> | undefined;
  const pdfOpener = () => {
    pdfLoaded ??= loadPdf();
    return pdfLoaded;
  };

  const parse = async (bytes: Uint8Array, mediaType: MediaType) => {
    if (mediaType === "application/pdf") return (await pdfOpener())(bytes);
    const { openMarkup } = await import("./markup/open-markup.ts");
    return openMarkup(bytes, mediaType);
  };

  const open = async (path: string, mediaType: MediaType, size: number, modifiedMs: number) => {
    const key = `${mediaType} ${size} ${modifiedMs} ${path}`;
    const known = opened.get(key);
    opened.delete(key);
    const document = known ?? (await parse(await readFile(path), mediaType));
    opened.set(key, document);
    const [oldest] = opened;
    if (opened.size > keptOpen && oldest !== undefined) {
      opened.delete(oldest[0]);
      oldest[1].close();
    }
    return document;
  };

  const perform = async (task: DocumentTask): Promise<DocumentResult> => {
    const { size, mtimeMs } = await stat(task.path);
    if (size === 0) return rejectDocument("document_empty");
    const document = await open(task.path, task.mediaType, size, mtimeMs);
    if (task.kind === "inspect") return { kind: "inspected", bytes: size, ...document.facts() };
    if (task.kind === "picture") return { kind: "drawn", png: document.draw(task.page) };
    return { kind: "extracted", pages: document.extract(task.range) };
  };

  return {
    async warmUp() {
      await pdfOpener();
    },
    async read(task) {
      const result = await perform(task).catch((thrown: unknown) => {
        // After a trap PDFium's memory may be in any state.
        broken ||= thrown instanceof WebAssembly.RuntimeError;
        const rejection = rejectionOf(trapAsRejection(thrown, pdfium, memoryLimitBytes));
        return rejection ?? { kind: "fault" as const, message: faultMessage(thrown) };
      });
      const exhausted = result.kind === "rejected" && result.code === "document_out_of_memory";
      const grown = pdfium !== undefined && pdfium.memoryBytes() > memoryLimitBytes / 2;
      return { result, spent: broken || exhausted || grown };
    },
  };
}

/** A trap in PDFium near its memory limit is the limit; elsewhere it is the document. Other errors stay. */
function trapAsRejection(thrown: unknown, pdfium: Pdfium | undefined, memoryLimitBytes: number): unknown {
  if (!(thrown instanceof WebAssembly.RuntimeError)) return thrown;
  const nearLimit = pdfium !== undefined && pdfium.memoryBytes() > memoryLimitBytes * 0.8;
  return documentError(nearLimit ? "document_out_of_memory" : "document_corrupt", {}, thrown);
}

function faultMessage(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
