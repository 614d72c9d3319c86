import fc from "fast-check";
import { expect, test } from "vitest";
import { vectorsToJson } from "./json-vector.ts";

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
