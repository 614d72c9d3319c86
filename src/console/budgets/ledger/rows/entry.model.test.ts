import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../../../../tests/support/console/sample-entry.ts";
import {
  adjustedHref,
  amountText,
  marksOf,
  modelOf,
  nanoPriceText,
  quantityText,
  timeLines,
  traceHref,
} from "./entry.model.ts";

describe("marksOf", () => {
  it("has none for an ordinary entry", () => {
    expect(marksOf(sampleEntry())).toEqual([]);
  });

  it("says why an entry is not like others", () => {
    const odd = sampleEntry({
      waste: "lost-attempt",
      estimated: true,
      adjusts: "entry_0",
      unreservedNanoUsd: "4000",
    });
    expect(marksOf(odd).map(({ kind, text }) => [kind, text])).toEqual([
      ["waste", "lost attempt"],
      ["estimated", "estimate"],
      ["adjusts", "corrects an entry"],
      ["unreserved", "$0.000004 not reserved"],
    ]);
  });

  it("does not repeat the amount where all of it was not reserved", () => {
    expect(marksOf(sampleEntry({ unreservedNanoUsd: "10000" }))[0]?.text).toBe("not reserved");
  });
});

it("reads an amount with the digits it needs, and a correction with its sign", () => {
  expect(amountText(sampleEntry({ nanoUsd: "31000" }))).toBe("$0.000031");
  expect(amountText(sampleEntry({ nanoUsd: "31000", adjusts: "entry_0" }))).toBe("+$0.000031");
  expect(amountText(sampleEntry({ nanoUsd: "-31000", adjusts: "entry_0" }))).toBe("−$0.000031");
});

it("reads a quantity with its unit; a correction has none", () => {
  expect(quantityText(sampleEntry())).toBe("1 message");
  expect(quantityText(sampleEntry({ quantity: 4100, unit: "token" }))).toBe("4,100 tokens");
  expect(quantityText(sampleEntry({ quantity: 0, adjusts: "entry_0" }))).toBeNull();
});

it("has every digit of a unit price", () => {
  expect(nanoPriceText(sampleEntry())).toBe("10,000 nano-USD a message");
  expect(nanoPriceText(sampleEntry({ unitNanoUsd: "0.0028753", unit: "MB ms" }))).toBe(
    "0.0028753 nano-USD a MB ms",
  );
});

it("knows a model from none", () => {
  expect(modelOf({ model: "*" })).toBeNull();
  expect(modelOf({ model: "simple" })).toBe("simple");
});

describe("traceHref", () => {
  it("leads to the run and to the attempt's span", () => {
    expect(traceHref(sampleEntry({ run: 2 }), "run")).toBe("/files/file_1?run=2&tab=trace");
    expect(traceHref(sampleEntry({ run: 2 }), "attempt")).toBe(
      "/files/file_1?run=2&tab=trace&span=00f067aa0ba902b7",
    );
  });

  it("leads nowhere for what belongs to no run or attempt", () => {
    const upload = sampleEntry({ attemptId: null, attempt: null, spanId: null });
    expect(traceHref(upload, "attempt")).toBeNull();
    expect(traceHref(sampleEntry({ fileId: null, run: null }), "run")).toBeNull();
  });
});

it("leads from a correction to the entry that it corrects, with all that corrects it", () => {
  expect(adjustedHref(sampleEntry())).toBeNull();
  const href = adjustedHref(sampleEntry({ adjusts: "entry_0", meter: "embedding.tokens" })) ?? "";
  expect(Object.fromEntries(new URLSearchParams(href.split("?")[1]))).toEqual({
    file: "file_1",
    meter: "embedding.tokens",
    from: "2026-03-01T12:00:00.000Z",
    to: "2026-03-01T12:00:00.001Z",
    entry: "entry_0",
  });
});

describe("timeLines", () => {
  const at = "2026-03-01T23:30:02.123Z";
  it.each([
    ["2026-03-01 18:30:02 UTC-05:00", "18:30:02 UTC-05:00"],
    ["2026-03-02 00:30:02 UTC+01:00", "03-02 00:30:02 UTC+01:00"],
    ["2026-03-01 23:30:02 UTC", null],
  ])("beside UTC, the reader's %s", (local, line) => {
    expect(timeLines(at, local)).toEqual({ utc: "2026-03-01 23:30:02 UTC", local: line });
  });
});
