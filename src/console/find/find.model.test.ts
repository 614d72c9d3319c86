import { describe, expect, it } from "vitest";
import type { FoundPlace } from "../../pipeline/find/found-view.ts";
import { hrefOf, lineOf, wantedOf } from "./find.model.ts";

function place(change: Partial<FoundPlace>): FoundPlace {
  return {
    fileId: "file_1",
    fileName: "lease.pdf",
    project: "contracts",
    status: "succeeded",
    what: "file",
    run: null,
    step: null,
    spanId: null,
    ...change,
  };
}

describe("what was pasted", () => {
  it.each([
    ["  file_1\n", "file_1"],
    ['"msg_26hZ==",', "msg_26hZ=="],
    ["`run_1`.", "run_1"],
    ["(trace)", "trace"],
    ["annual report 2025", "annual report 2025"],
    ["   ", ""],
  ])("%j is looked for as %j", (typed, wanted) => {
    expect(wantedOf(typed)).toBe(wanted);
  });

  it("is cut to what can be an id or a name", () => {
    expect(wantedOf("x".repeat(9_999))).toHaveLength(255);
  });
});

describe("what was found", () => {
  it.each([
    [place({}), "/files/file_1"],
    [place({ what: "run", run: 2 }), "/files/file_1?run=2"],
    [place({ what: "step", run: 2, step: "embed" }), "/files/file_1?tab=attempts&step=embed&run=2"],
    [place({ what: "trace", run: 2 }), "/files/file_1?tab=trace&run=2"],
    [place({ what: "span", run: 2, spanId: "ab" }), "/files/file_1?tab=trace&span=ab&run=2"],
    [place({ what: "attempt", run: 1, spanId: "ab" }), "/files/file_1?tab=trace&span=ab&run=1"],
    [place({ what: "message", run: 1 }), "/files/file_1?tab=messages&message=pasted+id&run=1"],
    [place({ what: "chunk", run: 1 }), "/files/file_1?tab=chunks&run=1"],
  ])("leads to its place on the file's page", (found, href) => {
    expect(hrefOf(found, "pasted id")).toBe(href);
  });

  it("is told in a line", () => {
    expect(lineOf(place({ what: "span", run: 2, step: "embed" }))).toBe(
      "Span of embed in run 2, project contracts",
    );
    expect(lineOf(place({ what: "name" }))).toBe("File, project contracts");
    expect(lineOf(place({ what: "chunk", run: 1, step: "chunk" }))).toBe("Chunk in run 1, project contracts");
  });
});
