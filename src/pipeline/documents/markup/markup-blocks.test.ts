import { describe, expect, it } from "vitest";
import { handbookDocx } from "../../../../tests/support/documents/office-documents.ts";
import {
  handbookHtml,
  handbookMarkdown,
  handbookText,
} from "../../../../tests/support/documents/text-documents.ts";
import type { MediaType } from "../media-type.ts";
import { docxMediaType } from "../media-type.ts";
import { openMarkup } from "./open-markup.ts";

async function open(content: string | Uint8Array, mediaType: Exclude<MediaType, "application/pdf">) {
  const document = await openMarkup(Buffer.from(content), mediaType);
  const pages = document.extract({ firstPage: 1, lastPage: 1 });
  const blocks = pages.flatMap(({ blocks: found }) =>
    found.map(({ kind, level, text }) => (level === undefined ? [kind, text] : [kind, text, level])),
  );
  return { pages, blocks, facts: document.facts() };
}

const html = async (content: string) => (await open(content, "text/html")).blocks;

describe("HTML", () => {
  it("becomes headings, paragraphs, lists, tables and code, without scripts, styles and navigation", async () => {
    const { blocks, facts } = await open(handbookHtml, "text/html");
    expect(blocks).toEqual([
      ["heading", "Handbook", 1],
      ["paragraph", "How goods travel.\nBy road."],
      ["heading", "Packing", 2],
      ["paragraph", "Loose text in a box"],
      ["list", "- Boxes\n  - Small boxes\n- Crates"],
      ["list", "1. First\n2. Second"],
      ["heading", "Prices", 2],
      ["table", "Weight | Price\n1 kg | 3 €"],
      ["code", "if (heavy)\n  pay();"],
    ]);
    expect(facts.metadata).toEqual({ title: "Handbook & more", author: "Waybill" });
  });

  it("reads what is never closed, and what is nested a hundred thousand deep", async () => {
    expect(await html("<p>One<p>Two<ul><li>A<li>B")).toEqual([
      ["paragraph", "One"],
      ["paragraph", "Two"],
      ["list", "- A\n- B"],
    ]);
    expect(await html(`${"<div>".repeat(100_000)}deep`)).toEqual([["paragraph", "deep"]]);
  });

  it("keeps a table in a table, a list in a cell and a heading in a cell readable", async () => {
    expect(
      await html("<table><tr><td>a<table><tr><td>b<td>c</table><td><ul><li>d<li>e</ul></table>"),
    ).toEqual([["table", "a | b | c | d e"]]);
    expect(await html("<table><tr><td><h2>Head</h2>text</table>")).toEqual([
      ["heading", "Head", 2],
      ["table", "text"],
    ]);
  });
});

describe("Markdown", () => {
  it("becomes headings, paragraphs, lists, tables and code; front matter becomes metadata", async () => {
    const { blocks, facts } = await open(handbookMarkdown, "text/markdown");
    expect(blocks).toEqual([
      ["heading", "Handbook", 1],
      ["paragraph", "How goods travel, see the map."],
      ["heading", "Packing", 2],
      ["list", "- Boxes\n  - Small boxes\n- [x] Crates"],
      ["paragraph", "Keep it dry."],
      ["heading", "Prices", 2],
      ["table", "Weight | Price\n1 kg | 3 €"],
      ["code", "if (heavy) {\n  pay();\n}"],
      ["paragraph", "Valid for a year."],
    ]);
    expect(facts.metadata).toEqual({ title: "Handbook", author: "Waybill" });
  });
});

describe("DOCX", () => {
  it("becomes headings, paragraphs, lists and tables; its core properties become metadata", async () => {
    const { blocks, facts } = await open(await handbookDocx(), docxMediaType);
    expect(blocks).toEqual([
      ["heading", "Handbook", 1],
      ["paragraph", "How goods travel."],
      ["heading", "Packing", 2],
      ["paragraph", "Pack dry goods."],
      ["list", "- Boxes\n  - Small boxes\n- Crates"],
      ["heading", "Prices", 2],
      ["table", "Weight | Price\n1 kg | 3 €\n5 kg | 9 €"],
      ["paragraph", "Prices hold for a year."],
    ]);
    expect(facts.metadata).toMatchObject({ title: "Handbook", author: "Waybill" });
  });
});

describe("plain text", () => {
  it("becomes paragraphs that keep their line breaks", async () => {
    const { blocks } = await open(handbookText, "text/plain");
    expect(blocks).toEqual([
      ["paragraph", "Handbook"],
      ["paragraph", "How goods travel.\nBy road."],
      ["paragraph", "Prices hold for a year."],
    ]);
  });
});

it("formats without pages have one page numbered null and an outline of their headings", async () => {
  const { pages, facts } = await open(handbookMarkdown, "text/markdown");
  expect(pages.map(({ page }) => page)).toEqual([null]);
  expect(facts.pages).toBeNull();
  expect(facts.outline).toEqual([
    { title: "Handbook", level: 1, page: null },
    { title: "Packing", level: 2, page: null },
    { title: "Prices", level: 2, page: null },
  ]);
});
