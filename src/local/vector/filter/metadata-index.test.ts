import { expect, test } from "vitest";
import { createMetadataIndex } from "./metadata-index.ts";
import { parseFilter } from "./parse-filter.ts";

test("offers the few rows of a value, and nothing when they are too many", () => {
  const index = createMetadataIndex(
    () => new Map([0, 1, 2, 3].map((row) => [row, { a: row % 2, b: [row] }])),
  );
  const candidates = (text: string, atMost: number) =>
    index.candidates(parseFilter(text), atMost)?.flatMap((rows) => [...rows]);
  expect(candidates("a = 1 AND a < 5", 2)).toEqual([1, 3]);
  expect(candidates("b CONTAINS 2 OR a = 1", 3)).toEqual([2, 1, 3]);
  expect(candidates("a >= 0", 3)).toBeUndefined();
  expect(candidates("a GLOB 'x*'", 3)).toBeUndefined();
});

test("forgets what was replaced, removed or cleared", () => {
  const rows = new Map<number, unknown>([[0, { a: 1, b: ["x"] }]]);
  const index = createMetadataIndex(() => rows);
  const candidates = (text: string) => index.candidates(parseFilter(text), 10)?.flatMap((rows) => [...rows]);
  expect([candidates("a = 1"), candidates("b CONTAINS 'x'"), candidates("a < 2")]).toEqual([[0], [0], [0]]);
  index.put(0, { a: 2, b: [] });
  expect([candidates("a = 1"), candidates("b CONTAINS 'x'"), candidates("a < 2")]).toEqual([[], [], []]);
  index.remove(0);
  expect([candidates("a = 2"), candidates("HAS FIELD b")]).toEqual([[], []]);
  index.put(1, { a: 2 });
  rows.clear();
  index.clear();
  expect(candidates("a = 2")).toEqual([]);
});
