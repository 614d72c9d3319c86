import fc from "fast-check";
import { expect, test } from "vitest";
import { matchGlob } from "./match-glob.ts";

test.each([
  ["*", "", true],
  ["a*b*c", "aXXbYYc", true],
  ["a*b*c", "aXXbYY", false],
  ["?", "é", true],
  ["[a-c]x", "bx", true],
  ["[^a-c]x", "bx", false],
  ["[]]", "]", true],
  ["ABC", "abc", false],
])("%s on %s: %s", (pattern, text, expected) => expect(matchGlob(pattern, text)).toBe(expected));

test("agrees with a regular expression on patterns of stars, marks and letters", () => {
  const pattern = fc.array(fc.constantFrom("*", "?", "a", "b"), { maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 10 });
  fc.assert(
    fc.property(pattern, text, (parts, text) => {
      const expression = parts.join("").replaceAll("?", ".").replaceAll("*", ".*");
      expect(matchGlob(parts.join(""), text)).toBe(new RegExp(`^${expression}$`, "s").test(text));
    }),
  );
});

test("many stars on a long text take no time", () => {
  const before = performance.now();
  expect(matchGlob("*a".repeat(30), "a".repeat(5000).concat("b"))).toBe(false);
  expect(performance.now() - before).toBeLessThan(2000);
});
