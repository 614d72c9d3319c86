import { describe, expect, it } from "vitest";
import { filesSelection } from "./files-selection.ts";

const filters = { status: [], project: "", step: "", q: "", cursor: null };

describe("what a plan is made of", () => {
  it("is the files by their ids, or the filter with what it asks and nothing else", () => {
    expect(filesSelection({ ids: ["a"], every: false }, filters)).toEqual({ kind: "files", files: ["a"] });
    expect(filesSelection({ ids: ["a"], every: true }, filters)).toEqual({ kind: "filter", filter: {} });
    expect(
      filesSelection(
        { ids: [], every: true },
        { ...filters, status: ["failed"], step: "embed", q: "tide", cursor: "c" },
      ),
    ).toEqual({ kind: "filter", filter: { status: ["failed"], step: "embed", q: "tide" } });
  });
});
