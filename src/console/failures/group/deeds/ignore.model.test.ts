import { describe, expect, it } from "vitest";
import { changeOf, momentOf, opensWords, presetsAt } from "./ignore.model.ts";

// On the clock of whoever runs this, as the fields are.
const now = new Date(2026, 2, 1, 10, 20, 30);
const draft = { how: "time", until: "2026-03-02T08:00", failures: 10 } as const;

describe("presetsAt", () => {
  it("offers an hour, the next morning and a week", () => {
    expect(presetsAt(now).map(({ field }) => field)).toEqual([
      "2026-03-01T11:20",
      "2026-03-02T08:00",
      "2026-03-08T10:20",
    ]);
  });
});

describe("changeOf", () => {
  it("asks for a time that is ahead", () => {
    expect(changeOf(draft, now)).toEqual({
      state: "ignored",
      until: new Date(2026, 2, 2, 8).toISOString(),
    });
    for (const until of ["2026-03-01T10:20", "", "soon"])
      expect(changeOf({ ...draft, until }, now)).toBeNull();
  });

  it("asks for a count that the API takes", () => {
    expect(changeOf({ ...draft, how: "count" }, now)).toEqual({ state: "ignored", failures: 10 });
    for (const failures of ["", 0, 1.5, 1_000_001])
      expect(changeOf({ ...draft, how: "count", failures }, now)).toBeNull();
  });

  it("asks for neither for ever", () => {
    expect(changeOf({ ...draft, how: "ever" }, now)).toEqual({ state: "ignored" });
  });
});

describe("opensWords", () => {
  it("says when the group is open again", () => {
    const until = momentOf("2026-03-02T08:00") ?? "";
    expect(opensWords({ state: "ignored", until }, now)).toMatch(/^tomorrow 08:00, /);
    expect(opensWords({ state: "ignored", failures: 1 }, now)).toBe("with the next failure");
    expect(opensWords({ state: "ignored", failures: 20 }, now)).toBe("with the 20 failures that come next");
    expect(opensWords({ state: "ignored" }, now)).toBe("never by itself");
  });
});
