import { describe, expect, it } from "vitest";
import {
  formatChange,
  formatMoney,
  formatMoneyExactly,
  formatUnitPrice,
  pluralUnit,
  sumNanoUsd,
} from "./money.ts";

describe("formatMoney", () => {
  it.each([
    ["0", "$0"],
    ["1", "$0.000000001"],
    ["31000", "$0.000031"],
    ["310000", "$0.00031"],
    ["314159", "$0.000314"],
    ["999999", "$0.001"],
    ["500000000", "$0.50"],
    ["999500000", "$1.00"],
    ["1234567891", "$1.23"],
    ["1234567891234567", "$1,234,567.89"],
    ["-31000", "−$0.000031"],
  ])("reads %s nano-USD as %s", (nano, text) => {
    expect(formatMoney(nano)).toBe(text);
  });
});

it("keeps every digit when asked for the exact amount", () => {
  expect(formatMoneyExactly("1234567891")).toBe("$1.234567891");
});

it("adds amounts beyond the integers that a JSON number can hold", () => {
  expect(sumNanoUsd(["9007199254740993", "1"])).toBe(9007199254740994n);
});

describe("formatUnitPrice", () => {
  it.each([
    ["20", "token", "$0.02 per million tokens"],
    ["10000", "message", "$0.01 per thousand messages"],
    ["0.023", "byte for a month", "$0.023 per billion bytes for a month"],
    ["35.5555555556", "ms of work", "$0.0356 per million ms of work"],
    ["0.00288", "MB ms", "$2.88 per trillion MB ms"],
    ["5000", "advanced operation", "$5.00 per million advanced operations"],
    ["250000000", "page", "$0.25 per page"],
    ["0", "token", "$0 per token"],
    ["0.0000315068", "byte hour", "$0.0315 per trillion byte hours"],
    ["4000", "query", "$4.00 per million queries"],
  ])("quotes %s nano-USD per %s as %s", (price, unit, text) => {
    expect(formatUnitPrice(price, unit)).toBe(text);
  });
});

it.each([
  ["message", "messages"],
  ["query", "queries"],
  ["byte hour", "byte hours"],
  ["byte for a month", "bytes for a month"],
  ["ms of processor", "ms of processor"],
  ["MB ms", "MB ms"],
])("says %s of more than one as %s", (unit, text) => {
  expect(pluralUnit(unit)).toBe(text);
});

it.each([
  ["31000", "+$0.000031"],
  ["-31000", "−$0.000031"],
  ["0", "$0"],
])("puts the sign before a change of %s", (nanoUsd, text) => {
  expect(formatChange(nanoUsd)).toBe(text);
});
