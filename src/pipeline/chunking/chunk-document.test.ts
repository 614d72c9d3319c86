import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BlockKind, PageBlocks } from "../documents/block.ts";
import { makeBlocks } from "../documents/make-block.ts";
import { countTokens } from "../documents/token-count.ts";
import type { Chunk, ChunkSettings } from "./chunk.ts";
import { chunkDocument } from "./chunk-document.ts";
import { placeBlocks } from "./placed-block.ts";

const settings: ChunkSettings = { maxTokens: 60, overlapTokens: 0, tinySectionTokens: 10 };

function heading(text: string, level = 1) {
  return { kind: "heading" as const, level, text };
}
function paragraph(text: string) {
  return { kind: "paragraph" as const, text };
}
function onePage(...blocks: Parameters<typeof makeBlocks>[0]): PageBlocks[] {
  return [{ page: 1, blocks: makeBlocks(blocks) }];
}
const words = (count: number, word = "apple") => Array.from({ length: count }, () => word).join(" ");
const solid = (text: string) => text.replace(/\s+/g, "");
const ownText = (chunk: Chunk) => chunk.text.slice(chunk.overlapLength);

const anyText = fc.oneof(
  fc.lorem({ maxCount: 60 }),
  fc.lorem({ maxCount: 12, mode: "sentences" }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom("a", ".", "-", "\n", " ", "9", "é", "漢", "😀", "'", '"'),
    maxLength: 400,
  }),
);
const anyBlock = fc.record({
  kind: fc.constantFrom<BlockKind>("heading", "paragraph", "paragraph", "list", "table", "code"),
  level: fc.integer({ min: 1, max: 4 }),
  text: anyText,
});
const anyPages = fc
  .array(fc.array(anyBlock, { maxLength: 8 }), { maxLength: 6 })
  .map((pages) => pages.map((blocks, index) => ({ page: index + 1, blocks: makeBlocks(blocks) })));
const anySettings = fc.record({
  maxTokens: fc.integer({ min: 16, max: 200 }),
  overlapTokens: fc.integer({ min: 0, max: 12 }),
  tinySectionTokens: fc.integer({ min: 0, max: 40 }),
});

describe("chunkDocument, for any document and any settings", () => {
  it("loses no text, adds none, and keeps the order", () => {
    fc.assert(
      fc.property(anyPages, anySettings, (pages, chosen) => {
        const before = pages.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join("");
        const after = chunkDocument(pages, chosen).map(ownText).join("");
        expect(solid(after)).toBe(solid(before));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps every chunk within the token limit and states its tokens exactly", () => {
    fc.assert(
      fc.property(anyPages, anySettings, (pages, chosen) => {
        for (const chunk of chunkDocument(pages, chosen)) {
          expect(chunk.tokens).toBe(countTokens(chunk.text));
          expect(chunk.tokens).toBeLessThanOrEqual(chosen.maxTokens);
          expect(ownText(chunk).trim()).not.toBe("");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same chunks again", () => {
    fc.assert(
      fc.property(anyPages, anySettings, (pages, chosen) => {
        expect(chunkDocument(structuredClone(pages), chosen)).toEqual(chunkDocument(pages, chosen));
      }),
      { numRuns: 50 },
    );
  });

  it("repeats only what ended the chunk before, within the overlap", () => {
    fc.assert(
      fc.property(anyPages, anySettings, (pages, chosen) => {
        const chunks = chunkDocument(pages, chosen);
        chunks.forEach((chunk, index) => {
          const repeated = chunk.text.slice(0, chunk.overlapLength);
          expect(countTokens(repeated)).toBeLessThanOrEqual(chosen.overlapTokens);
          if (repeated !== "") expect(chunks[index - 1]?.text.endsWith(repeated)).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  it("puts two top-level sections into one chunk only when one of them is tiny", () => {
    fc.assert(
      fc.property(anyPages, anySettings, (pages, chosen) => {
        const sizes = new Map<number, number>();
        const sectionOf: number[] = [];
        for (const { block, section } of placeBlocks(pages)) {
          sizes.set(section, (sizes.get(section) ?? 0) + block.tokens);
          for (const _ of solid(block.text)) sectionOf.push(section);
        }
        let at = 0;
        for (const chunk of chunkDocument(pages, chosen)) {
          const length = Array.from(solid(ownText(chunk))).length;
          const sections = new Set(sectionOf.slice(at, at + length));
          at += length;
          const large = [...sections].filter(
            (section) => (sizes.get(section) ?? 0) > chosen.tinySectionTokens,
          );
          // One large section may take tiny neighbours in; two may meet only across tiny ones that joined the first.
          if (sections.size > 1) expect(large.length).toBeLessThan(sections.size);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("chunkDocument", () => {
  it("starts a chunk at each top-level section", () => {
    const chunks = chunkDocument(
      onePage(heading("One"), paragraph(words(20)), heading("Two"), paragraph(words(20, "pear"))),
      settings,
    );
    expect(chunks.map(({ headingPath }) => headingPath)).toEqual([["One"], ["Two"]]);
  });

  it("treats a single title as no section of its own", () => {
    const chunks = chunkDocument(
      onePage(heading("Title"), heading("A", 2), paragraph(words(20)), heading("B", 2), paragraph(words(20))),
      settings,
    );
    expect(chunks.map(({ headingPath }) => headingPath)).toEqual([
      ["Title", "A"],
      ["Title", "B"],
    ]);
  });

  it("joins a tiny section to its neighbour", () => {
    const chunks = chunkDocument(
      onePage(heading("One"), paragraph("Short."), heading("Two"), paragraph(words(20))),
      settings,
    );
    expect(chunks).toHaveLength(1);
  });

  it("keeps a heading with the text below it", () => {
    const chunks = chunkDocument(
      onePage(heading("Part"), paragraph(words(50)), heading("Deep", 2), paragraph(words(40))),
      settings,
    );
    expect(chunks.map(({ text }) => text.split("\n")[0])).toEqual(["Part", "Deep"]);
  });

  it("spans the pages that its text comes from", () => {
    const pages = [2, 3, 4].map((page) => ({ page, blocks: makeBlocks([paragraph(words(25))]) }));
    expect(chunkDocument(pages, settings).map(({ firstPage, lastPage }) => [firstPage, lastPage])).toEqual([
      [2, 3],
      [4, 4],
    ]);
  });

  it("has no pages where the format has none", () => {
    const [chunk] = chunkDocument([{ page: null, blocks: makeBlocks([paragraph("Text.")]) }], settings);
    expect(chunk).toMatchObject({ firstPage: null, lastPage: null, ordinal: 0 });
  });

  it("cuts a long paragraph at the end of a sentence", () => {
    const text = Array.from({ length: 12 }, (_, index) => `Sentence ${index} ${words(9)}.`).join(" ");
    const chunks = chunkDocument(onePage(paragraph(text)), settings);
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) expect(chunk.text).toMatch(/^Sentence \d+ .*\.$/);
  });

  it("cuts a sentence longer than a chunk between words, and a word longer than a chunk between characters", () => {
    const sentence = chunkDocument(onePage(paragraph(words(200))), settings);
    for (const chunk of sentence) expect(chunk.text).toMatch(/^apple( apple)*$/);
    const word = chunkDocument(onePage(paragraph("😀".repeat(200))), settings);
    for (const chunk of word) expect(chunk.text).toMatch(/^(😀)+$/u);
  });

  it("cuts a table between its rows", () => {
    const table = Array.from({ length: 40 }, (_, row) => `row ${row} | value ${row}`).join("\n");
    for (const chunk of chunkDocument(onePage({ kind: "table", text: table }), settings)) {
      for (const line of chunk.text.split("\n")) expect(line).toMatch(/^row \d+ \| value \d+$/);
    }
  });

  it("repeats the last sentence of a chunk at the begin of the next when overlap is wanted", () => {
    const sentences = Array.from({ length: 12 }, (_, index) => `Sentence ${index} ${words(8)}.`);
    const chunks = chunkDocument(onePage(...sentences.map(paragraph)), { ...settings, overlapTokens: 20 });
    expect(chunks[1]?.text.startsWith(chunks[0]?.text.split("\n").at(-1) ?? "?")).toBe(true);
  });

  it("finds the end of a sentence where a script has no spaces", () => {
    const text = "これは長い文章です。".repeat(30);
    const chunks = chunkDocument(onePage(paragraph(text)), { ...settings, overlapTokens: 20 });
    for (const chunk of chunks) expect(solid(chunk.text)).toMatch(/^(これは長い文章です。)+$/);
    for (const chunk of chunks.slice(1)) expect(chunk.overlapLength).toBeGreaterThan(0);
  });

  it("gives equal text equal hashes wherever it stands", () => {
    const text = onePage(heading("A"), paragraph(words(50)), heading("A"), paragraph(words(50)));
    const [first, second] = chunkDocument(text, settings);
    expect(first?.contentHash).toBe(second?.contentHash);
    expect(first?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });
});
