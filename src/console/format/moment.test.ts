import { expect, it } from "vitest";
import { elapsedMs, formatAgo, formatMinuteUtc, formatUtc } from "./moment.ts";

const now = new Date("2026-03-01T12:00:00Z");

it.each([
  ["2026-03-01T12:00:00.400Z", "just now"],
  ["2026-03-01T11:59:48Z", "12s ago"],
  ["2026-03-01T11:48:00Z", "12m ago"],
  ["2026-03-01T02:00:00Z", "10h ago"],
  ["2026-02-26T12:00:00Z", "3d ago"],
  ["2025-12-24T23:30:00Z", "2025-12-24"],
])("reads %s as %s", (iso, text) => {
  expect(formatAgo(iso, now)).toBe(text);
});

it("shows a moment of another offset in UTC", () => {
  expect(formatUtc("2026-03-01T01:30:00.5+02:00")).toBe("2026-02-28 23:30:00.500 UTC");
  expect(formatMinuteUtc("2026-03-01T01:30:59+02:00")).toBe("28 Feb 2026, 23:30 UTC");
});

it("counts up to now while the end is missing", () => {
  expect(elapsedMs("2026-03-01T11:59:00Z", null, now)).toBe(60_000);
});
