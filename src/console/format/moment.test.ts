import { expect, it } from "vitest";
import { elapsedMs, formatAgo, formatExact, formatMinuteUtc, formatUtc } from "./moment.ts";

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

it("shows a moment exactly by the clock of a zone, with its offset", () => {
  const at = "2026-03-01T23:00:02.5Z";
  expect(formatExact(at, "UTC")).toBe(formatUtc(at));
  expect(formatExact(at, "Asia/Tokyo")).toBe("2026-03-02 08:00:02.500 UTC+09:00");
  expect(formatExact("2026-07-01T12:00:00Z", "America/St_Johns")).toBe("2026-07-01 09:30:00.000 UTC-02:30");
  expect(formatAgo("2025-12-24T23:30:00Z", now, "Asia/Tokyo")).toBe("2025-12-25");
});

it("counts up to now while the end is missing", () => {
  expect(elapsedMs("2026-03-01T11:59:00Z", null, now)).toBe(60_000);
});
