import { expect, test } from "vitest";
import { mergeEffect, splitEffect, splitHint } from "./regroup.model.ts";

const none = { failures: 0, files: 0, sentences: [] };
const some = { failures: 3, files: 1, sentences: ["Broken."] };

test("a merge says what moves, and that nobody is told where the other one is not looked at", () => {
  const texts = (state: "open" | "resolved") =>
    Object.fromEntries(mergeEffect(some, { state }).map(({ name, value }) => [name, value]));
  expect(texts("open")).toMatchObject({ Moves: "3 failures of 1 file, with the notes", State: "stays open" });
  expect(texts("resolved").State).toBe("stays resolved: nobody is told of what comes by the merge");
});

test("a split says what goes and what stays", () => {
  expect(splitEffect({ moving: some, staying: none }).map(({ value }) => value)).toEqual([
    "3 failures of 1 file",
    "0 failures of 0 files",
    "failures that have the part are filed in the new group",
  ]);
});

test.each([
  ["ab", undefined, "Give at least 3 characters."],
  ["abc", undefined, null],
  ["abc", { moving: none, staying: some }, "No failure of this group has this part."],
  ["abc", { moving: some, staying: none }, "All failures of this group have this part."],
  ["abc", { moving: some, staying: some }, null],
])("by %o of %o a split is told %o", (contains, preview, hint) => {
  expect(splitHint(contains, preview)).toBe(hint);
});
