import { expect, it } from "vitest";
import { formatComing } from "./coming.ts";

const now = new Date("2026-11-25T12:00:00Z");

it.each([
  ["2026-11-25T14:00:00Z", "UTC", "today 14:00"],
  ["2026-11-25T23:30:00Z", "Europe/Berlin", "tomorrow 00:30"],
  ["2026-11-26T09:05:00Z", "UTC", "tomorrow 09:05"],
  ["2026-11-28T14:00:00Z", "UTC", "Saturday 14:00"],
  ["2026-12-12T14:00:00Z", "UTC", "12 Dec 14:00"],
  ["2027-01-04T00:00:00Z", "UTC", "4 Jan 2027"],
  ["2026-11-01T00:00:00Z", "UTC", "1 Nov 00:00"],
])("says %s in %s as %s", (iso, zone, text) => {
  expect(formatComing(iso, now, zone)).toBe(text);
});
