import { beforeAll, describe, expect, it } from "vitest";
import { manualPdf } from "../../../../tests/support/documents/manual-pdf.ts";
import {
  type PdfLine,
  type PdfOutlineItem,
  writePdf,
} from "../../../../tests/support/documents/pdf-writer.ts";
import { openPdf } from "./open-pdf.ts";
import { type Pdfium, startPdfium } from "./pdfium.ts";

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await startPdfium(256 * 1024 * 1024);
});

/** Lines at the left margin, 12 points apart from the top down; a number is a gap of so many points. */
function column(...entries: (string | number | Partial<PdfLine>)[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let y = 780;
  for (const entry of entries) {
    y -= typeof entry === "number" ? entry : 12;
    if (typeof entry === "number") continue;
    lines.push({ text: "", x: 72, y, size: 10, ...(typeof entry === "string" ? { text: entry } : entry) });
  }
  return lines;
}

function blocksOf(lines: PdfLine[], outline?: PdfOutlineItem[]) {
  const document = openPdf(pdfium, writePdf({ pages: [lines], ...(outline ? { outline } : {}) }));
  const [page] = document.extract({ firstPage: 1, lastPage: 1 });
  document.close();
  return page?.blocks.map(({ kind, level, text }) =>
    level === undefined ? [kind, text] : [kind, text, level],
  );
}

const body = ["This is the first line of a paragraph", "which goes on in the second line."];

describe("openPdf", () => {
  it("tells pages, outline and metadata", () => {
    const document = openPdf(pdfium, manualPdf({ pages: 12 }));
    const { pages, outline, metadata } = document.facts();
    expect(pages).toBe(12);
    expect(metadata).toEqual({ title: "Reference manual", author: "Waybill" });
    expect(outline.map(({ level, page }) => [level, page])).toEqual([
      ...[1, 2, 2, 2, 2, 2].map((level, index) => [level, Math.max(1, index * 2 - 1)]),
      ...[1, 2].map((level) => [level, 11]),
    ]);
    expect(outline[0]).toEqual({ title: expect.stringMatching(/^Chapter 1 /), level: 1, page: 1 });
    document.close();
  });

  it("gives the same blocks for a page whichever range it is read in", () => {
    const document = openPdf(pdfium, manualPdf({ pages: 20, compress: true }));
    const whole = document.extract({ firstPage: 1, lastPage: 20 });
    const parts = [
      ...document.extract({ firstPage: 1, lastPage: 9 }),
      ...document.extract({ firstPage: 10, lastPage: 20 }),
    ];
    expect(parts).toEqual(whole);
    expect(whole.map(({ page }) => page)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    document.close();
  });

  it("finds every heading of the outline on its page", () => {
    const document = openPdf(pdfium, manualPdf({ pages: 30 }));
    const found = document
      .extract({ firstPage: 1, lastPage: 30 })
      .flatMap(({ page, blocks }) =>
        blocks.flatMap(({ kind, level, text }) => (kind === "heading" ? [{ title: text, level, page }] : [])),
      );
    expect(found).toEqual(document.facts().outline);
    document.close();
  });

  it("leaves out running headers and page numbers", () => {
    const document = openPdf(pdfium, manualPdf({ pages: 10 }));
    const texts = document
      .extract({ firstPage: 1, lastPage: 10 })
      .flatMap(({ blocks }) => blocks.map(({ text }) => text));
    expect(texts.filter((text) => /^(?:Chapter )?\d+$/.test(text))).toEqual([]);
    document.close();
  });
});

describe("the blocks of a page", () => {
  it("joins the lines of a paragraph and parts paragraphs at a gap", () => {
    expect(blocksOf(column(...body, 8, "Another paragraph."))).toEqual([
      ["paragraph", body.join(" ")],
      ["paragraph", "Another paragraph."],
    ]);
  });

  it("makes a word whole that was hyphenated over two lines", () => {
    expect(blocksOf(column("This word is hyphen-", "ated over two lines."))).toEqual([
      ["paragraph", "This word is hyphenated over two lines."],
    ]);
  });

  it("parts paragraphs at an indent after a full stop, and not at a hanging indent", () => {
    const [first = "", second = ""] = body;
    expect(
      blocksOf(column(first, second, { text: "An indented one", x: 90 }, "goes on at the margin.")),
    ).toEqual([
      ["paragraph", body.join(" ")],
      ["paragraph", "An indented one goes on at the margin."],
    ]);
    expect(blocksOf(column(first, { text: second, x: 90 }))).toEqual([["paragraph", body.join(" ")]]);
  });

  it("tells headings by their size when there is no outline, also when the size stands in the matrix", () => {
    const title = { text: "Title", size: 20, sizeInMatrix: true };
    const section = { text: "Section", size: 14, bold: true };
    expect(blocksOf(column(title, 10, section, 8, ...body, ...body))).toEqual([
      ["heading", "Title", 1],
      ["heading", "Section", 2],
      ["paragraph", [...body, ...body].join(" ")],
    ]);
  });

  it("takes the outline's word before the size of type", () => {
    const outline = [{ title: "Small heading", page: 1 }];
    const page = column({ text: "Large decoration", size: 24 }, 10, "1.2 Small heading", 8, ...body);
    expect(blocksOf(page, outline)?.filter(([kind]) => kind === "heading")).toEqual([
      ["heading", "1.2 Small heading", 1],
    ]);
  });

  it("keeps the items of a list apart and their lines together", () => {
    expect(blocksOf(column("1. First item", { text: "goes on", x: 84 }, "2. Second item"))).toEqual([
      ["list", "1. First item goes on\n2. Second item"],
    ]);
  });
});
