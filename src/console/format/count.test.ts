import { expect, it } from "vitest";
import { formatBytes, formatCounted } from "./count.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [2_413_000, "2.4 MB"],
  [104_857_600, "105 MB"],
  [999_999, "1.0 MB"],
])("reads %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it("uses the singular for one alone", () => {
  expect([0, 1, 1200].map((n) => formatCounted(n, "page"))).toEqual(["0 pages", "1 page", "1,200 pages"]);
});
