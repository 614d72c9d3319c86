import type { OutlineEntry } from "../block.ts";
import { documentLimits } from "../document-limits.ts";
import { documentError } from "../rejection.ts";
import type { Pdfium } from "./pdfium.ts";

/** An outline entry with the height on its page that it points at, in points from the foot, where it says so. */
export interface PdfOutlineEntry extends OutlineEntry {
  readonly y: number | null;
}

/**
 * The bookmarks of a PDF in reading order. A circle among them ends at the entry that was met before.
 * @throws WaybillError `document_too_complex` when they are nested deeper than the limit
 */
export function readPdfOutline(pdfium: Pdfium, document: number): PdfOutlineEntry[] {
  const entries: PdfOutlineEntry[] = [];
  const seen = new Set<number>();
  const walk = (first: number, level: number) => {
    if (level > documentLimits.nesting) throw documentError("document_too_complex", { outlineLevels: level });
    for (let mark = first; mark !== 0; mark = pdfium.api.FPDFBookmark_GetNextSibling(document, mark)) {
      if (seen.has(mark) || entries.length >= documentLimits.outlineEntries) return;
      seen.add(mark);
      const title = bookmarkTitle(pdfium, mark);
      if (title !== "") entries.push({ title, level, ...bookmarkTarget(pdfium, document, mark) });
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

function bookmarkTarget(
  pdfium: Pdfium,
  document: number,
  bookmark: number,
): Pick<PdfOutlineEntry, "page" | "y"> {
  const { api } = pdfium;
  const direct = api.FPDFBookmark_GetDest(document, bookmark);
  const action = direct === 0 ? api.FPDFBookmark_GetAction(bookmark) : 0;
  const target = action === 0 ? direct : api.FPDFAction_GetDest(document, action);
  const index = target === 0 ? -1 : api.FPDFDest_GetDestPageIndex(document, target);
  if (index < 0) return { page: null, y: null };
  // Three flags (has x, y, zoom) and the three values, four bytes each.
  const at = pdfium.scratch(24);
  const located = api.FPDFDest_GetLocationInPage(target, at, at + 4, at + 8, at + 12, at + 16, at + 20);
  const y = pdfium.float32(at + 16);
  return { page: index + 1, y: located && y > 0 ? y : null };
}
