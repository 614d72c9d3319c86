import { expect, it } from "vitest";
import { forecastWords } from "./forecast-words.ts";

const now = new Date("2026-11-25T12:00:00Z");
const forecast = {
  basis: "rate" as const,
  atEndNanoUsd: "31000000000" as string | null,
  usedUpAt: null as string | null,
};
const budget = {
  window: "month" as const,
  limitNanoUsd: "50000000000",
  settledNanoUsd: "20000000000",
  excessNanoUsd: "0",
  forecast,
};

it.each([
  [budget, "$31.00 when the window turns, at this pace.", false],
  [
    { ...budget, forecast: { ...forecast, usedUpAt: "2026-11-28T14:00:00.000Z" } },
    "Used up Saturday 14:00 at this pace.",
    true,
  ],
  [
    { ...budget, forecast: { ...forecast, basis: "week" as const, usedUpAt: "2026-11-25T14:00:00.000Z" } },
    "Used up today 14:00 at this pace and the usual week.",
    true,
  ],
  [{ ...budget, forecast: { ...forecast, basis: "none" as const } }, "Nothing is being spent.", false],
  [
    { ...budget, window: "total" as const, forecast: { ...forecast, atEndNanoUsd: null } },
    "Lasts more than 90 days at this pace.",
    false,
  ],
  [{ ...budget, settledNanoUsd: "50000000000" }, "Used up until the window turns.", true],
])("says how a budget goes on: %#", (given, text, soon) => {
  expect(forecastWords(given, now, "UTC")).toEqual({ text, soon });
});

it("says nothing of a budget that caps files", () => {
  expect(forecastWords({ ...budget, forecast: null }, now)).toBeNull();
});
