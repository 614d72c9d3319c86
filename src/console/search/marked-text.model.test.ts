import fc from "fast-check";
import { expect, it } from "vitest";
import { markTerms } from "./marked-text.model.ts";

const marked = (text: string, query: string) =>
  markTerms(text, query)
    .filter((piece) => piece.marked)
    .map((piece) => piece.text);

it("marks words and their longer forms, whatever their case", () => {
  expect(marked("Notice periods: the NOTICE of a tenant", "notice period")).toEqual([
    "Notice",
    "periods",
    "NOTICE",
  ]);
});

it("does not mark the inside of a word", () => {
  expect(marked("heart art", "art")).toEqual(["art"]);
});

it("leaves words unmarked that stand everywhere, unless there are no others", () => {
  expect(marked("the term of the lease", "the lease")).toEqual(["lease"]);
  expect(marked("the term", "the")).toEqual(["the"]);
});

it("takes signs in a query for what they are", () => {
  expect(marked("cost (EUR) a+b", "(eur")).toEqual(["EUR"]);
  expect(marked("anything", "((")).toEqual([]);
});

it("never loses or doubles a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, query) => {
      expect(
        markTerms(text, query)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
