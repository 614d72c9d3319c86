import { describe, expect, it } from "vitest";
import { ignoredWords, stateNote } from "./state-words.ts";

const readAt = { now: new Date("2026-03-01T10:00:00Z"), timeZone: "UTC" };

describe("ignoredWords", () => {
  it.each([
    [null, null, "for ever"],
    ["2026-03-02T08:00:00Z", null, "until tomorrow 08:00"],
    [null, 1, "until it has failed once more"],
    ["2026-03-01T11:00:00Z", 1200, "until today 11:00, or until it has failed 1,200 more times"],
  ])("says of %s and %s %s", (until, untilFailures, words) => {
    expect(ignoredWords({ until, untilFailures }, readAt)).toBe(words);
  });
});

describe("stateNote", () => {
  const group = { ignored: null, resolvedIn: null, regressedIn: null };
  it("says how long, by which deployment and under which", () => {
    const ignored = { until: null, untilFailures: null };
    expect(stateNote({ ...group, state: "ignored", ignored }, readAt)).toBe("ignored for ever");
    expect(stateNote({ ...group, state: "resolved", resolvedIn: "dpl_2" }, readAt)).toBe("resolved by dpl_2");
    expect(stateNote({ ...group, state: "regressed", regressedIn: "dpl_3" }, readAt)).toBe(
      "back under dpl_3",
    );
    expect(stateNote({ ...group, state: "open" }, readAt)).toBeNull();
  });
});
