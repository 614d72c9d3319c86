import type { PageBlocks } from "../block.ts";
import { documentLimits } from "../document-limits.ts";
import { makeBlocks } from "../make-block.ts";
import type { OpenDocument } from "../open-document.ts";
import type { PageRange } from "../page-ranges.ts";
import { documentError } from "../rejection.ts";
import { drawPdfPage } from "./draw-pdf-page.ts";
import { pdfBlocks } from "./pdf-blocks.ts";
import { type PdfPage, removeFurniture } from "./pdf-furniture.ts";
import { findHeadings } from "./pdf-headings.ts";
import { readPdfLines } from "./pdf-lines.ts";
import { readPdfMetadata } from "./pdf-metadata.ts";
import { pdfNesting } from "./pdf-nesting.ts";
import { readPdfOutline } from "./pdf-outline.ts";
import type { Pdfium } from "./pdfium.ts";

/** FPDF_GetLastError: the document needs a password, or a security handler that PDFium does not know. */
const passwordErrors: readonly number[] = [4, 5];

/**
 * Opens a PDF in PDFium's memory.
 * @throws WaybillError `document_encrypted`, `document_corrupt`, `document_too_complex`, `document_too_large`,
 * `document_out_of_memory`
 */
export function openPdf(pdfium: Pdfium, bytes: Uint8Array): OpenDocument {
  const nesting = pdfNesting(bytes);
  if (nesting > documentLimits.nesting) throw documentError("document_too_complex", { nesting });
  const source = pdfium.store(bytes);
  if (source === 0) throw documentError("document_out_of_memory");
  const document = pdfium.api.FPDF_LoadMemDocument(source, bytes.length, "");
  const close = () => {
    if (document !== 0) pdfium.api.FPDF_CloseDocument(document);
    pdfium.free(source);
  };
  try {
    if (document === 0) throw openError(pdfium.api.FPDF_GetLastError());
    const pages = pdfium.api.FPDF_GetPageCount(document);
    if (pages === 0) throw documentError("document_corrupt", { pages });
    if (pages > documentLimits.pages) throw documentError("document_too_large", { pages });
    const outline = readPdfOutline(pdfium, document);
    return {
      facts() {
        requireText(pdfium, document, pages);
        const entries = outline.map(({ title, level, page }) => ({ title, level, page }));
        return { pages, outline: entries, metadata: readPdfMetadata(pdfium, document) };
      },
      extract: (range) => {
        const read = removeFurniture(readPages(pdfium, document, pages, range));
        const headings = findHeadings(outline, bodySize(read));
        return read.map(
          ({ page, lines }): PageBlocks => ({ page, blocks: makeBlocks(pdfBlocks(lines, page, headings)) }),
        );
      },
      draw: (page) => (page >= 1 && page <= pages ? drawPdfPage(pdfium, document, page - 1) : null),
      close,
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

function openError(code: number) {
  return documentError(passwordErrors.includes(code) ? "document_encrypted" : "document_corrupt", {
    pdfiumError: code,
  });
}

/** Looks at page after page until one has text: a scan has none on any of them. */
function requireText(pdfium: Pdfium, document: number, pages: number): void {
  for (let index = 0; index < pages; index += 1) {
    if (readPdfLines(pdfium, document, index).length > 0) return;
  }
  throw documentError("document_without_text", { pages });
}

function readPages(pdfium: Pdfium, document: number, pages: number, range: PageRange): PdfPage[] {
  const read: PdfPage[] = [];
  let characters = 0;
  for (let page = range.firstPage; page <= Math.min(range.lastPage, pages); page += 1) {
    const lines = readPdfLines(pdfium, document, page - 1);
    for (const line of lines) characters += line.text.length;
    if (characters > documentLimits.characters)
      throw documentError("document_too_large", { characters, page });
    read.push({ page, lines });
  }
  return read;
}

/** The size in points that most characters have, to half a point. */
function bodySize(pages: readonly PdfPage[]): number {
  const characters = new Map<number, number>();
  for (const { lines } of pages) {
    for (const { size, text } of lines) {
      const rounded = Math.round(size * 2) / 2;
      characters.set(rounded, (characters.get(rounded) ?? 0) + text.length);
    }
  }
  const [most] = [...characters].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? 1;
}
