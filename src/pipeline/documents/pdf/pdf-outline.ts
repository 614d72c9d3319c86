import type { OutlineEntry } from "../block.ts";
import { documentLimits } from "../document-limits.ts";
import { documentError } from "../rejection.ts";
import type { Pdfium } from "./pdfium.ts";

/**
 * The bookmarks of a PDF in reading order. A circle among them ends at the entry that was met before.
 * @throws WaybillError `document_too_complex` when they are nested deeper than the limit
 */
export function readPdfOutline(pdfium: Pdfium, document: number): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const seen = new Set<number>();
  const walk = (first: number, level: number) => {
    if (level > documentLimits.nesting) throw documentError("document_too_complex", { outlineLevels: level });
    for (let mark = first; mark !== 0; mark = pdfium.api.FPDFBookmark_GetNextSibling(document, mark)) {
      if (seen.has(mark) || entries.length >= documentLimits.outlineEntries) return;
      seen.add(mark);
      const title = bookmarkTitle(pdfium, mark);
      if (title !== "") entries.push({ title, level, page: bookmarkPage(pdfium, document, mark) });
      walk(pdfium.api.FPDFBookmark_GetFirstChild(document, mark), level + 1);
    }
  };
  walk(pdfium.api.FPDFBookmark_GetFirstChild(document, 0), 1);
  return entries;
}

function bookmarkTitle(pdfium: Pdfium, bookmark: number): string {
  const bytes = pdfium.api.FPDFBookmark_GetTitle(bookmark, 0, 0);
  if (bytes <= 2 || bytes > 8192) return "";
  const buffer = pdfium.scratch(bytes);
  pdfium.api.FPDFBookmark_GetTitle(bookmark, buffer, bytes);
  return pdfium
    .utf16(buffer, bytes / 2 - 1)
    .replace(/\s+/g, " ")
    .trim();
}

function bookmarkPage(pdfium: Pdfium, document: number, bookmark: number): number | null {
  const direct = pdfium.api.FPDFBookmark_GetDest(document, bookmark);
  const action = direct === 0 ? pdfium.api.FPDFBookmark_GetAction(bookmark) : 0;
  const target = action === 0 ? direct : pdfium.api.FPDFAction_GetDest(document, action);
  if (target === 0) return null;
  const index = pdfium.api.FPDFDest_GetDestPageIndex(document, target);
  return index >= 0 ? index + 1 : null;
}
