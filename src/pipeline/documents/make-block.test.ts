import fc from "fast-check";
import { expect, it } from "vitest";
import { makeBlock } from "./make-block.ts";

const textOf = (kind: "paragraph" | "list" | "code", text: string) => makeBlock({ kind, text })?.text;

it("leaves one space between words and one break between lines", () => {
  expect(textOf("paragraph", "  a \t b \r\n \n  c\u00a0d\u0000 ")).toBe("a b\nc d");
});

it("keeps the indents of a list and drops its empty lines", () => {
  expect(textOf("list", "\n- a  b \n \n  - c\n")).toBe("- a b\n  - c");
});

it("keeps the spaces of code", () => {
  expect(textOf("code", "if (a)\n    b(  1);  \n")).toBe("if (a)\n    b(  1);");
});

it("makes no block of white space and control characters", () => {
  expect(makeBlock({ kind: "paragraph", text: " \u00ad\ufeff\n\t\u0007" })).toBeUndefined();
});

it("drops lone surrogates and keeps pairs", () => {
  expect(textOf("paragraph", "a\ud800b😀")).toBe("ab😀");
});

it("breaks a run without any boundary, so that counting it stays cheap, and loses none of it", () => {
  const text = textOf("paragraph", "x".repeat(200_000)) ?? "";
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBe(1000);
  expect(text.replaceAll("\n", "")).toHaveLength(200_000);
});

it("starts and ends every block with a visible character", () => {
  fc.assert(
    fc.property(fc.constantFrom("paragraph", "list", "code"), fc.string({ unit: "binary" }), (kind, text) => {
      const cleaned = textOf(kind, text);
      if (cleaned !== undefined) expect(cleaned).toMatch(/^\S([\s\S]*\S)?$/);
    }),
  );
});
