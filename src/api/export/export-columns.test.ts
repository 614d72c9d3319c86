import { z } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { listOf } from "../../pipeline/files/file-view.ts";
import { cellOf, exportColumns, itemOf } from "./export-columns.ts";

const item = z.object({
  id: z.string(),
  counts: z.object({ total: z.number(), left: z.number().nullable() }),
  assignee: z.object({ name: z.string() }).nullable(),
  hours: z.array(z.number()),
  changes: z.array(z.object({ at: z.string() })).optional(),
});

test("an item's fields are columns, those within fields too, whether they may be missing or not", () => {
  expect(exportColumns(item)).toEqual([
    "id",
    "counts.total",
    "counts.left",
    "assignee.name",
    "hours",
    "changes",
  ]);
});

test("the items of a list are found, and an answer that is no list has none", () => {
  expect(itemOf(listOf(item))).toBe(item);
  expect(itemOf(z.object({ items: z.array(item) }))).toBe(item);
  expect(itemOf(item)).toBeUndefined();
  expect(itemOf(z.array(item))).toBeUndefined();
});

test("cells are what a table can hold", () => {
  const row = {
    id: "a",
    counts: { total: 3, left: null },
    assignee: null,
    hours: [1, 2],
    changes: [{ at: "now" }],
  };
  expect(exportColumns(item).map((column) => cellOf(row, column))).toEqual([
    "a",
    3,
    "",
    "",
    "1; 2",
    '[{"at":"now"}]',
  ]);
});
