import { encode } from "fast-png";
import { documentError } from "../rejection.ts";
import type { Pdfium } from "./pdfium.ts";

/** The box that a picture fits in, in pixels: enough to read a page of A4. */
const box = { width: 1_000, height: 1_600 };
/** FPDF_ANNOT, and FPDF_REVERSE_BYTE_ORDER: red first. */
const renderFlags = 0x01 | 0x10;
const white = 0xffffffff;

/**
 * The page at `index`, from 0, on white; null when the page cannot be loaded.
 * @throws WaybillError `document_out_of_memory`
 */
export function drawPdfPage(pdfium: Pdfium, document: number, index: number): Uint8Array | null {
  const page = pdfium.api.FPDF_LoadPage(document, index);
  if (page === 0) return null;
  try {
    const size = pictureSize(pdfium.api.FPDF_GetPageWidthF(page), pdfium.api.FPDF_GetPageHeightF(page));
    return encode(drawInto(pdfium, page, size));
  } finally {
    pdfium.api.FPDF_ClosePage(page);
  }
}

/** Pixels for a page in points: as large as the box allows, whatever size the page claims. */
export function pictureSize(widthPt: number, heightPt: number): { width: number; height: number } {
  // A page that claims no size, or an endless one, is drawn into a square.
  const width = Number.isFinite(widthPt) && widthPt > 0 ? widthPt : 1;
  const height = Number.isFinite(heightPt) && heightPt > 0 ? heightPt : width;
  const scale = Math.min(box.width / width, box.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

function drawInto({ api, bytes }: Pdfium, page: number, size: { width: number; height: number }) {
  const { width, height } = size;
  const bitmap = api.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw documentError("document_out_of_memory");
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
    api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, renderFlags);
    const stride = api.FPDFBitmap_GetStride(bitmap);
    const pixels = bytes(api.FPDFBitmap_GetBuffer(bitmap), stride * height);
    return { width, height, depth: 8 as const, channels: 3, data: withoutFourth(pixels, stride, size) };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

/** PDFium keeps four bytes a pixel, of which the last says nothing. */
function withoutFourth(
  pixels: Uint8Array,
  stride: number,
  { width, height }: { width: number; height: number },
): Uint8Array {
  const packed = new Uint8Array(width * height * 3);
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    const end = row * stride + width * 4;
    for (let from = row * stride; from < end; from += 4) {
      packed[to] = pixels[from] ?? 0;
      packed[to + 1] = pixels[from + 1] ?? 0;
      packed[to + 2] = pixels[from + 2] ?? 0;
      to += 3;
    }
  }
  return packed;
}
