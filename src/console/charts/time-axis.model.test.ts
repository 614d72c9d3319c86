import { describe, expect, it } from "vitest";
import { bucketText, timeMarks } from "./time-axis.model.ts";

const starts = (from: string, count: number, stepMs: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * stepMs).toISOString());
const hour = 3_600_000;

describe("timeMarks", () => {
  it("marks a day of hours at round hours, and midnight with its date", () => {
    const marks = timeMarks(starts("2026-03-01T17:00:00Z", 24, hour), 6, "UTC");
    expect(marks.map(({ label }) => label)).toEqual(["18:00", "2 Mar", "06:00", "12:00"]);
    expect(marks.map(({ place }) => place)).toEqual([1, 7, 13, 19]);
  });

  it("marks the hours that the clocks of the zone show", () => {
    const marks = timeMarks(starts("2026-03-01T17:00:00Z", 24, hour), 6, "Asia/Kolkata");
    expect(marks[0]).toEqual({ place: 0, label: "22:30" });
    const quarters = timeMarks(starts("2026-03-01T17:00:00Z", 96, hour / 4), 6, "Asia/Kolkata");
    expect(quarters.map(({ label }) => label)).toEqual(["2 Mar", "06:00", "12:00", "18:00"]);
  });

  it("marks weeks of days at Mondays", () => {
    const marks = timeMarks(starts("2026-03-01T00:00:00Z", 30, 24 * hour), 6, "UTC");
    expect(marks.map(({ label }) => label)).toEqual(["2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar"]);
  });

  it("takes every so-manieth of buckets that nothing round fits", () => {
    expect(timeMarks(starts("2026-03-01T00:07:00Z", 10, hour), 5, "UTC")).toHaveLength(5);
    const days = timeMarks(starts("2026-03-01T17:00:00Z", 4, 24 * hour), 2, "UTC");
    expect(days.map(({ label }) => label)).toEqual(["1 Mar", "3 Mar"]);
  });
});

describe("bucketText", () => {
  it.each([
    ["2026-03-01T14:00:00Z", "2026-03-01T15:00:00Z", "UTC", "1 Mar 2026, 14:00 to 15:00 UTC"],
    ["2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "UTC", "1 Mar 2026 (UTC)"],
    ["2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z", "UTC", "2 Mar 2026 to 8 Mar 2026 (UTC)"],
    ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "Europe/Berlin", "29 Mar 2026 (Europe/Berlin)"],
    ["2026-03-01T23:00:00Z", "2026-03-02T00:00:00Z", "UTC", "1 Mar 2026, 23:00 to 00:00 UTC"],
  ])("says %s to %s in %s as %s", (from, to, zone, text) => {
    expect(bucketText(from, to, zone)).toBe(text);
  });
});
