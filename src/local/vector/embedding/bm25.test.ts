import { expect, test } from "vitest";
import { bm25Document, bm25Query } from "./bm25.ts";

test("stems words, leaves stop words out and weighs by count and length", () => {
  const { indices, values } = bm25Document("the invoice of the invoices and a payment");
  // Three terms: |D| = 3, so k1 (1 - b + b |D| / 32) = 0.384375.
  const weight = (count: number) => Math.fround((count * 2.2) / (count + 0.384375));
  expect(indices).toHaveLength(2);
  expect([...values].sort()).toEqual([weight(1), weight(2)]);
});

test("a query has each of its terms once, at the dimension that the document has it at", () => {
  const document = bm25Document("payments are planned");
  const query = bm25Query("payment, payment");
  expect([...query.values]).toEqual([1]);
  expect(document.indices).toContain(query.indices[0]);
});

test("a text of nothing but stop words is an empty vector", () => {
  expect(bm25Document("of the and")).toEqual({ indices: new Int32Array(0), values: new Float32Array(0) });
});

test("a text of very many words keeps the thousand weightiest terms, in order", () => {
  const words = Array.from({ length: 1500 }, (_, index) => `word${index}x`).join(" ");
  const { indices } = bm25Document(`${words} kept kept kept`);
  expect(indices).toHaveLength(1000);
  expect(indices).toContain(bm25Query("kept").indices[0]);
  expect([...indices]).toEqual([...indices].sort((a, b) => a - b));
});
