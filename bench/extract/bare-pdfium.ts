import { readFileSync } from "node:fs";
import { startPdfium } from "../../src/pipeline/documents/pdf/pdfium.ts";

/** PDFium's text of every page in this thread and nothing else: the measure for all that we add to it. */
export async function readBare(path: string): Promise<number> {
  const pdfium = await startPdfium(1024 * 1024 * 1024);
  const { api } = pdfium;
  const bytes = readFileSync(path);
  const source = pdfium.store(bytes);
  const document = api.FPDF_LoadMemDocument(source, bytes.length, "");
  let characters = 0;
  for (let index = 0; index < api.FPDF_GetPageCount(document); index += 1) {
    const page = api.FPDF_LoadPage(document, index);
    const textPage = api.FPDFText_LoadPage(page);
    const count = api.FPDFText_CountChars(textPage);
    const buffer = pdfium.scratch((count + 1) * 2);
    const written = api.FPDFText_GetText(textPage, 0, count, buffer);
    characters += pdfium.utf16(buffer, Math.max(0, written - 1)).length;
    api.FPDFText_ClosePage(textPage);
    api.FPDF_ClosePage(page);
  }
  return characters;
}
