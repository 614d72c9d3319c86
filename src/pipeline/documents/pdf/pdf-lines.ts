import type { Pdfium } from "./pdfium.ts";

/** One line of a page with what its first character says about it; lengths in points. */
export interface PdfLine {
  readonly text: string;
  /** Where it begins, from the left; and its baseline, from the foot of the page. */
  readonly x: number;
  readonly y: number;
  /** Height of the type as it is drawn: font size times the scale of the text's matrix. */
  readonly size: number;
  readonly monospaced: boolean;
}

const monospacedFont = /mono|courier|consol|typewriter|menlo|fixed|cmtt|sftt/i;

/**
 * The lines of one page in reading order, without empty ones. One bulk read gives the text; a handful of calls a
 * line give its type, as a call for each character would cost more than PDFium's own work.
 */
export function readPdfLines(pdfium: Pdfium, document: number, pageIndex: number): PdfLine[] {
  const page = pdfium.api.FPDF_LoadPage(document, pageIndex);
  if (page === 0) return [];
  const textPage = pdfium.api.FPDFText_LoadPage(page);
  try {
    return textPage === 0 ? [] : linesOf(pdfium, textPage);
  } finally {
    if (textPage !== 0) pdfium.api.FPDFText_ClosePage(textPage);
    pdfium.api.FPDF_ClosePage(page);
  }
}

function linesOf(pdfium: Pdfium, textPage: number): PdfLine[] {
  const characters = pdfium.api.FPDFText_CountChars(textPage);
  if (characters <= 0) return [];
  const buffer = pdfium.scratch((characters + 1) * 2);
  const written = pdfium.api.FPDFText_GetText(textPage, 0, characters, buffer);
  const text = written > 1 ? pdfium.utf16(buffer, written - 1) : "";
  const lines: PdfLine[] = [];
  let start = 0;
  for (const raw of text.split("\r\n")) {
    const indent = raw.length - raw.trimStart().length;
    if (indent < raw.length)
      lines.push(sampleLine(pdfium, textPage, raw, start + indent, start + raw.trimEnd().length - 1));
    start += raw.length + 2;
  }
  return lines;
}

function sampleLine(pdfium: Pdfium, textPage: number, raw: string, first: number, last: number): PdfLine {
  const { api } = pdfium;
  const character = api.FPDFText_GetCharIndexFromTextIndex(textPage, first);
  const buffer = pdfium.scratch(256);
  const fontSize = api.FPDFText_GetFontSize(textPage, character);
  const hasMatrix = api.FPDFText_GetMatrix(textPage, character, buffer);
  // Many producers write font size 1 and put the size into the matrix.
  const scale = hasMatrix ? Math.hypot(pdfium.float32(buffer + 8), pdfium.float32(buffer + 12)) : 1;
  const hasOrigin = api.FPDFText_GetCharOrigin(textPage, character, buffer, buffer + 8);
  const x = hasOrigin ? pdfium.float64(buffer) : 0;
  const y = hasOrigin ? pdfium.float64(buffer + 8) : 0;
  // A line may begin with a name in code type and go on as prose: both ends must be code.
  const monospaced =
    isMonospaced(pdfium, textPage, character, buffer) &&
    isMonospaced(pdfium, textPage, api.FPDFText_GetCharIndexFromTextIndex(textPage, last), buffer);
  // PDFium joins a word hyphenated over two lines and leaves this mark where the hyphen was.
  return { text: raw.replaceAll("\ufffe", ""), x, y, size: fontSize * (scale || 1), monospaced };
}

function isMonospaced(pdfium: Pdfium, textPage: number, character: number, buffer: number): boolean {
  const bytes = pdfium.api.FPDFText_GetFontInfo(textPage, character, buffer + 8, 240, buffer);
  return bytes > 0 && bytes <= 240 && monospacedFont.test(pdfium.utf8(buffer + 8));
}
