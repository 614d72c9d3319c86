import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { embedText } from "./embed-text.ts";
import { vectorsToJson } from "./json-vector.ts";

const likeness = (one: string, two: string) => {
  const other = embedText(two);
  return embedText(one).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
};

describe("embedText", () => {
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
});

test("vectorsToJson prints what JSON.stringify would of the rounded numbers", () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.array(unit, { minLength: 1, maxLength: 5 }), { maxLength: 4 }), (vectors) => {
      const json = Buffer.from(vectorsToJson(vectors.map((vector) => Float64Array.from(vector)))).toString();
      const rounded = vectors.map((vector) => vector.map((value) => Math.round(value * 1e6) / 1e6 + 0));
      expect(JSON.parse(json)).toEqual(rounded);
    }),
  );
});
