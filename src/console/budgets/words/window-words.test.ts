import { expect, it } from "vitest";
import { windowWords } from "./window-words.ts";

const now = new Date("2026-11-30T19:40:12Z");

it("says when a window turns, in UTC, on the reader's clock, and whose midnight that is", () => {
  const budget = {
    window: "month",
    windowEnd: "2026-11-30T23:00:00.000Z",
    timeZone: "Europe/Berlin",
  } as const;
  expect(windowWords(budget, now, "America/New_York")).toEqual({
    line: "turns in 3 h 19 min",
    at: "today 23:00 UTC, today 18:00 here, midnight of Europe/Berlin",
  });
});

it("counts the last minute by seconds, and knows no midnight of hours", () => {
  const budget = { window: "hour", windowEnd: "2026-11-30T19:41:00.000Z", timeZone: "UTC" } as const;
  expect(windowWords(budget, now, "UTC")).toEqual({
    line: "turns in 48 s",
    at: "today 19:41 UTC, as here",
  });
  expect(windowWords(budget, new Date("2026-11-30T19:13:59Z"), "UTC").line).toBe("turns in 27 min");
  expect(windowWords(budget, new Date("2026-11-30T19:41:01Z"), "UTC").line).toBe("turning now");
});

it("says that a budget in total never turns", () => {
  expect(windowWords({ window: "total", windowEnd: null, timeZone: "UTC" }, now)).toEqual({
    line: "in total, never turns",
    at: null,
  });
});
