import { describe, expect, it } from "vitest";
import { causeOf } from "./failures.model.ts";
import { failuresFilters, isNarrowed, sinceOf } from "./failures-filters.ts";

const bare = { step: "extract", code: "document_encrypted", provider: null, status: null, assignee: null };

describe("causeOf", () => {
  it("names the step and the code, and the provider with its status where it had one", () => {
    expect(causeOf(bare)).toBe("extract · document_encrypted");
    expect(causeOf({ ...bare, provider: "gateway", status: 401 })).toBe(
      "extract · document_encrypted · gateway 401",
    );
    expect(causeOf({ ...bare, provider: "vector" })).toBe("extract · document_encrypted · vector");
  });

  it("says who looks after it", () => {
    expect(causeOf({ ...bare, assignee: { keyId: "key_1", name: "Ada" } })).toMatch(/ · with Ada$/);
  });
});

describe("the filters", () => {
  const rest = {
    ...{ state: failuresFilters.state.defaultValue, sort: failuresFilters.sort.defaultValue },
    ...{ project: "", q: "", step: "", since: null, cursor: null },
  };

  it("shows at first what wants somebody, and that is no narrowing", () => {
    expect(rest.state).toEqual(["open", "regressed"]);
    expect(isNarrowed(rest)).toBe(false);
    expect(isNarrowed({ ...rest, state: [] })).toBe(false);
    expect(isNarrowed({ ...rest, state: ["resolved"] })).toBe(true);
    expect(isNarrowed({ ...rest, since: "1h" })).toBe(true);
  });

  it("begins a span of time on a whole minute, so that a list stays the same for that long", () => {
    const now = new Date("2026-03-01T12:00:42.123Z");
    expect(sinceOf("1h", now)).toBe("2026-03-01T11:00:00.000Z");
    expect(sinceOf("7d", now)).toBe("2026-02-22T12:00:00.000Z");
    expect(sinceOf(null, now)).toBeNull();
  });
});
