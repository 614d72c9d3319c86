import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLexicalModel } from "./lexical-model.ts";

const embedText = createLexicalModel(1536);
const likeness = (one: string, two: string) => {
  const other = embedText(two);
  return embedText(one).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
};

describe("the lexical model", () => {
  test("any text is a unit vector, the same each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const vector = embedText(text);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
        expect(embedText(text)).toEqual(vector);
      }),
    );
  });

  test.each([
    ["invoice", "invoices"],
    ["The payment is planned", "planning payments"],
    ["Straße nach München", "strasse münchen"],
    ["東京都の天気", "東京都の気温"],
  ])("%s is near %s", (one, two) => expect(likeness(one, two)).toBeGreaterThan(0.3));

  test("texts without a common word are far apart", () => {
    expect(Math.abs(likeness("the invoice was paid", "mountains rise in fog"))).toBeLessThan(0.15);
  });

  test("works at any dimension", () => {
    for (const dimensions of [1, 2, 384, 3072]) {
      const vector = createLexicalModel(dimensions)("the invoice was paid");
      expect(vector.length).toBe(dimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
    }
  });
});
