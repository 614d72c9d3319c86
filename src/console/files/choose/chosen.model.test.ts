import { describe, expect, it } from "vitest";
import { pageIsChosen, selectionOf, toggleFile, togglePage, toggleRange } from "./chosen.model.ts";

const page = ["a", "b", "c", "d"];
const filters = { status: [], project: "", q: "", cursor: null };

describe("choosing files", () => {
  it("switches one on and off, and keeps those of other pages", () => {
    expect(toggleFile(["z"], "a")).toEqual(["z", "a"]);
    expect(toggleFile(["z", "a"], "a")).toEqual(["z"]);
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
});

describe("what a plan is made of", () => {
  it("is the files by their ids, or the filter with what it asks and nothing else", () => {
    expect(selectionOf({ ids: ["a"], every: false }, filters)).toEqual({ kind: "files", files: ["a"] });
    expect(selectionOf({ ids: ["a"], every: true }, filters)).toEqual({ kind: "filter", filter: {} });
    expect(
      selectionOf({ ids: [], every: true }, { ...filters, status: ["failed"], q: "tide", cursor: "c" }),
    ).toEqual({ kind: "filter", filter: { status: ["failed"], q: "tide" } });
  });
});
