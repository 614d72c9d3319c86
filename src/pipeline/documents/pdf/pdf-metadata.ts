import type { Pdfium } from "./pdfium.ts";

const keys = [
  "Title",
  "Author",
  "Subject",
  "Keywords",
  "Creator",
  "Producer",
  "CreationDate",
  "ModDate",
] as const;
const longestValueBytes = 4096;

/** The entries of a PDF's information dictionary that are set; keys in lower case, dates as written. */
export function readPdfMetadata(pdfium: Pdfium, document: number): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const key of keys) {
    const bytes = pdfium.api.FPDF_GetMetaText(document, key, 0, 0);
    if (bytes <= 2 || bytes > longestValueBytes) continue;
    const buffer = pdfium.scratch(bytes);
    pdfium.api.FPDF_GetMetaText(document, key, buffer, bytes);
    const value = pdfium.utf16(buffer, bytes / 2 - 1).trim();
    if (value !== "") metadata[key.toLowerCase()] = value;
  }
  return metadata;
}
