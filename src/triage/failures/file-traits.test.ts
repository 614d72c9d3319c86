import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeOf, traitLabel, traitsOf } from "./file-traits.ts";

const file = { mediaType: "text/plain", project: "default", graphVersion: 1, model: "a-model" };

test("each size and each length is in the class that its trait names", () => {
  fc.assert(
    fc.property(fc.nat({ max: 20_000_000 }), fc.nat({ max: 300 }), (bytes, pages) => {
      for (const { attribute, value } of traitsOf({ ...file, bytes, pages })) {
        if (attribute !== "size" && attribute !== "pages") continue;
        const range = rangeOf(attribute, value);
        const measured = attribute === "size" ? bytes : pages;
        expect(range).toBeDefined();
        expect(measured).toBeGreaterThanOrEqual(range?.from ?? Number.POSITIVE_INFINITY);
        expect(measured).toBeLessThanOrEqual(range?.upTo ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test("a trait is read as words, one that there is not as it was written", () => {
  expect(traitLabel({ attribute: "size", value: "10000001-" })).toBe("over 10 MB");
  expect(traitLabel({ attribute: "pages", value: "7-9" })).toBe("7-9");
  expect(traitLabel({ attribute: "graph", value: "2" })).toBe("version 2");
});
