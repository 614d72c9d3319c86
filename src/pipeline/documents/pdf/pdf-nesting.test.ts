import { expect, it } from "vitest";
import { manualPdf } from "../../../../tests/support/documents/manual-pdf.ts";
import { deepPageTreePdf, nestedPdf } from "../../../../tests/support/documents/poison-documents.ts";
import { pdfNesting } from "./pdf-nesting.ts";

it("counts arrays and dictionaries in each other", () => {
  expect(pdfNesting(nestedPdf(40))).toBe(40);
});

it("counts the levels of the page tree", () => {
  expect(pdfNesting(deepPageTreePdf(30))).toBe(30);
});

it("finds an ordinary document flat, compressed or not", () => {
  expect(pdfNesting(manualPdf({ pages: 30 }))).toBeLessThan(10);
  expect(pdfNesting(manualPdf({ pages: 30, compress: true }))).toBeLessThan(10);
});

it("does not take brackets in strings and streams for nesting", () => {
  const brackets = "[".repeat(500);
  expect(
    pdfNesting(Buffer.from(`1 0 obj (${brackets}) endobj 2 0 obj << >> stream\n${brackets}\nendstream`)),
  ).toBe(1);
});

it("looks behind a stream that never ends", () => {
  expect(pdfNesting(Buffer.from(`1 0 obj << >> stream ${"[".repeat(50)}`))).toBe(50);
});

it("ends on a page tree that is a circle", () => {
  const circle =
    "1 0 obj << /Kids [2 0 R] >> endobj 2 0 obj << /Kids [1 0 R] >> endobj 3 0 obj << /Kids [1 0 R] >> endobj";
  expect(pdfNesting(Buffer.from(circle))).toBe(3);
});
