import { describe, expect, it } from "vitest";
import { pageIsChosen, selectedRows, togglePage, toggleRange, toggleRow } from "./chosen.model.ts";

const page = ["a", "b", "c", "d"];

describe("choosing rows", () => {
  it("switches one on and off, and keeps those of other pages", () => {
    expect(toggleRow(["z"], "a")).toEqual(["z", "a"]);
    expect(toggleRow(["z", "a"], "a")).toEqual(["z"]);
  });

  it("switches all between two rows, in both directions, as the last one is switched", () => {
    expect(toggleRange(["z", "a"], { page, from: "a", to: "c" })).toEqual(["z", "a", "b", "c"]);
    expect(toggleRange(["d"], { page, from: "d", to: "b" })).toEqual(["d", "b", "c"]);
    expect(toggleRange(["z", "a", "b", "c"], { page, from: "a", to: "b" })).toEqual(["z", "c"]);
  });

  it("takes the one row when the range began on another page", () => {
    expect(toggleRange(["z"], { page, from: "z", to: "c" })).toEqual(["z", "c"]);
  });

  it("switches the page on until all of it is on, then off", () => {
    expect(pageIsChosen(["b", "z"], page)).toBe("some");
    const all = togglePage(["b", "z"], page);
    expect(pageIsChosen(all, page)).toBe("all");
    expect(togglePage(all, page)).toEqual(["z"]);
  });

  it("knows the rows of what is chosen; a row that cannot be is never", () => {
    const items = [
      { key: "1", file: "a" },
      { key: "2", file: null },
      { key: "3", file: "b" },
    ];
    const keyOf = ({ key }: { key: string }) => key;
    const idOf = ({ file }: { file: string | null }) => file;
    expect(selectedRows(items, keyOf, { ids: ["b", "z"], every: false, idOf })).toEqual({ 3: true });
    expect(selectedRows(items, keyOf, { ids: [], every: true, idOf })).toEqual({ 1: true, 3: true });
  });
});
