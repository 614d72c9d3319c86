import { expect, it } from "vitest";
import { effectRows, effectSentence } from "./effect.model.ts";

const now = new Date("2026-11-25T12:00:00Z");
const preview = {
  from: "2026-01-01T00:00:00.000Z",
  until: null as string | null,
  entries: 1200,
  quantity: "41000",
  presentNanoUsd: "820000",
  nextNanoUsd: "410000",
  differenceNanoUsd: "-410000",
  exact: true,
  projects: [
    { project: "b", entries: 1, presentNanoUsd: "100", nextNanoUsd: "100" },
    { project: null, entries: 10, presentNanoUsd: "1000", nextNanoUsd: "1500" },
    { project: "a", entries: 1189, presentNanoUsd: "818900", nextNanoUsd: "408400" },
  ],
};

it.each([
  [preview, false, "It concerns 1,200 entries from 2026-01-01 00:00 UTC on. $0.00082 becomes $0.00041."],
  [
    { ...preview, entries: 1, until: "2026-02-01T00:00:00.000Z" },
    false,
    "It concerns 1 entry from 2026-01-01 00:00 UTC on until 2026-02-01 00:00 UTC, when the next price begins. $0.00082 becomes $0.00041.",
  ],
  [
    { ...preview, differenceNanoUsd: "0" },
    false,
    "It concerns 1,200 entries from 2026-01-01 00:00 UTC on. Together they cost the same.",
  ],
  [{ ...preview, entries: 0 }, false, "No entry changes: nothing was counted from 2026-01-01 00:00 UTC on."],
  [
    { ...preview, entries: 0, from: "2027-01-01T00:00:00.000Z" },
    false,
    "No entry changes: it begins at 2027-01-01 00:00 UTC.",
  ],
  [
    { ...preview, entries: 0 },
    true,
    "No entry changes: it holds for what is spent from the moment it is added.",
  ],
])("says what a price would change: %#", (given, fromNow, sentence) => {
  expect(effectSentence(given, fromNow, now)).toBe(sentence);
});

it("puts the project first whose money changes most, whichever way", () => {
  expect(effectRows(preview).map(({ project, differenceNanoUsd }) => [project, differenceNanoUsd])).toEqual([
    ["a", -410_500n],
    [null, 500n],
    ["b", 0n],
  ]);
});
