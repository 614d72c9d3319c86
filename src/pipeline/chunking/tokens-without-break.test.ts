import fc from "fast-check";
import { expect, it } from "vitest";
import { blockBreak } from "../documents/block.ts";
import { makeBlocks } from "../documents/make-block.ts";
import { countTokens } from "../documents/token-count.ts";
import { tokensWithoutBreak } from "./tokens-without-break.ts";

const anyText = fc.oneof(
  fc.lorem({ mode: "sentences" }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom("a", "B", ".", "'", "-", "\n", " ", "9", "é", "漢", "😀", "\t"),
    maxLength: 60,
  }),
);
const anyBlocks = fc.array(anyText).map((texts) => makeBlocks(texts.map((text) => ({ kind: "code", text }))));

it("sums of block tokens are the exact tokens of the joined text", () => {
  fc.assert(
    fc.property(anyBlocks, (blocks) => {
      const joined = blocks.map(({ text }) => text + blockBreak).join("");
      expect(blocks.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(countTokens(joined));
    }),
    { numRuns: 1000 },
  );
});

it("takes the break off exactly", () => {
  fc.assert(
    fc.property(anyBlocks, (blocks) => {
      for (const block of blocks) expect(tokensWithoutBreak(block)).toBe(countTokens(block.text));
    }),
    { numRuns: 1000 },
  );
});

it("counts a spelled-out special token as plain text", () => {
  expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
});
