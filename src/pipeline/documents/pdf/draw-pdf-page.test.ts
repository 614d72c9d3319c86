import { decode } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { writePdf } from "../../../../tests/support/documents/pdf-writer.ts";
import { pictureSize } from "./draw-pdf-page.ts";
import { openPdf } from "./open-pdf.ts";
import { type Pdfium, startPdfium } from "./pdfium.ts";

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await startPdfium(256 * 1024 * 1024);
});

function draw(lines: readonly string[], page = 1) {
  const placed = lines.map((text, at) => ({ text, x: 72, y: 700 - at * 60, size: 40 }));
  const document = openPdf(pdfium, writePdf({ pages: [placed] }));
  try {
    return document.draw(page);
  } finally {
    document.close();
  }
}

describe("the picture of a page", () => {
  it("shows the page's writing in black on white, at the proportions of the page", () => {
    const png = decode(draw(["Waybill", "carries freight"]) ?? new Uint8Array());
    expect([png.width, png.channels]).toEqual([1_000, 3]);
    expect(png.height / png.width).toBeCloseTo(842 / 595, 1);
    const dark = png.data.filter((value) => value < 64).length / png.data.length;
    expect(dark).toBeGreaterThan(0.002);
    expect(png.data.filter((value) => value === 255).length / png.data.length).toBeGreaterThan(0.8);
    // The top left corner is margin.
    expect([...png.data.slice(0, 3)]).toEqual([255, 255, 255]);
  });

  it("is another one when the page says something else, and the same when it says the same", () => {
    const one = draw(["one"]);
    expect(one).toEqual(draw(["one"]));
    expect(one).not.toEqual(draw(["two"]));
  });

  it("is not there for a page that the document does not have", () => {
    expect([draw(["one"], 0), draw(["one"], 2)]).toEqual([null, null]);
  });

  it.each([
    [595, 842, 1_000, 1_415],
    [842, 595, 1_000, 707],
    [1e9, 1, 1_000, 1],
    [1, 1e9, 1, 1_600],
    [0, 0, 1_000, 1_000],
    [Number.NaN, 842, 2, 1_600],
    [Number.POSITIVE_INFINITY, 595, 3, 1_600],
  ])("of a page of %d by %d points has %d by %d pixels", (widthPt, heightPt, width, height) => {
    expect(pictureSize(widthPt, heightPt)).toEqual({ width, height });
  });
});
