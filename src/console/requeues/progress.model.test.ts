import { expect, it } from "vitest";
import { barParts, barText } from "./progress.model.ts";

const counts = { total: 12, pending: 3, sent: 0, held: 0, succeeded: 8, failed: 1, skipped: 0 };

it("shows what has ended before what has not, and nothing of no file", () => {
  expect(barParts(counts).map(({ outcome, files }) => [outcome, files])).toEqual([
    ["succeeded", 8],
    ["failed", 1],
    ["pending", 3],
  ]);
  expect(barParts(counts).reduce((sum, { share }) => sum + share, 0)).toBe(1);
});

it("says in words what the bar shows", () => {
  expect(barText(counts)).toBe("9 of 12 files ended: 8 succeeded, 1 failed again, 3 not sent");
  expect(barText({ ...counts, total: 0, pending: 0, succeeded: 0, failed: 0 })).toBe("0 of 0 files ended");
});
