import { describe, expect, it } from "vitest";
import { ledgerLink } from "../ledger-link.ts";
import { chipsOf } from "./chips.model.ts";
import { everyEntry, type LedgerFilters } from "./ledger-filters.ts";
import { csvHref, isNarrowed, ledgerQueryOf } from "./ledger-query-of.ts";
import { ownerOfId } from "./owner-of-id.ts";
import { fieldOfMoment, filterMoment, momentOfField, periodsAt } from "./period.model.ts";

const all: LedgerFilters = {
  project: "reports",
  file: "file_1",
  run: "run_1",
  attempt: "att_1",
  step: ["embed", "index"],
  meter: ["embedding.tokens"],
  provider: ["openai"],
  model: ["*"],
  waste: ["any"],
  estimated: true,
  adjusting: true,
  unreserved: true,
  from: "2026-03-01T00:00:00.000Z",
  to: "2026-04-01T00:00:00.000Z",
};

describe("ledgerQueryOf", () => {
  it("asks the API for every filter that is on, and for none that is off", () => {
    expect(ledgerQueryOf(all)).toEqual({ ...all, estimated: "true", adjusting: "true", unreserved: "true" });
    expect(ledgerQueryOf(everyEntry)).toEqual({});
  });

  it("knows when the list shows everything", () => {
    expect(isNarrowed(everyEntry)).toBe(false);
    expect(isNarrowed({ ...everyEntry, waste: ["none"] })).toBe(true);
  });
});

it("has the same filters for the CSV and for links, several values as several parameters", () => {
  const filters = { ...everyEntry, step: ["embed", "index"], estimated: true };
  expect(csvHref(filters)).toBe("/api/v1/ledger.csv?step=embed&step=index&estimated=true");
  expect(ledgerLink(filters)).toBe("/budgets/ledger?step=embed&step=index&estimated=true");
  expect(ledgerLink({ file: "file_1" }, "entry_1")).toBe("/budgets/ledger?file=file_1&entry=entry_1");
  expect(ledgerLink({})).toBe("/budgets/ledger");
});

describe("chipsOf", () => {
  const texts = (filters: LedgerFilters, fileName: string | null = null) =>
    chipsOf(filters, fileName).map(({ name, value }) => (value === null ? name : `${name}: ${value}`));

  it("shows every filter that is on", () => {
    expect(texts(all, "lease.pdf")).toEqual([
      "File: lease.pdf",
      "Run: run_1",
      "Attempt: att_1",
      "Project: reports",
      "From: 2026-03-01 00:00 UTC",
      "Before: 2026-04-01 00:00 UTC",
      "Step: embed",
      "Step: index",
      "Meter: embedding.tokens",
      "Provider: openai",
      "Model: none",
      "Waste: any kind",
      "Estimates",
      "Corrections of a price",
      "Not reserved",
    ]);
    expect(texts(everyEntry)).toEqual([]);
  });

  it("shows what it cannot read as it stands", () => {
    const odd = { ...everyEntry, project: "-", file: "file_9", waste: ["coffee"], from: "yesterday" };
    expect(texts(odd)).toEqual(["File: file_9", "Project: none", "From: yesterday", "Waste: coffee"]);
  });

  it("takes away one by one, until nothing is left", () => {
    let left = all;
    for (let chip = chipsOf(left, null)[0]; chip; chip = chipsOf(left, null)[0])
      left = { ...left, ...chip.without };
    expect(left).toEqual(everyEntry);
  });
});

describe("periods", () => {
  const now = new Date("2026-11-25T12:07:31.250Z");

  it("begin on a quarter hour", () => {
    expect(periodsAt(now).map(({ name, from, to }) => [name, from, to])).toEqual([
      ["Last hour", "2026-11-25T11:00:00.000Z", null],
      ["Last 24 hours", "2026-11-24T12:00:00.000Z", null],
      ["Last 7 days", "2026-11-18T12:00:00.000Z", null],
      ["Last 30 days", "2026-10-26T12:00:00.000Z", null],
      ["This month (UTC)", "2026-11-01T00:00:00.000Z", null],
      ["Month before (UTC)", "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"],
      ["All time", null, null],
    ]);
  });

  it("have the month before of a January in the year before", () => {
    const [month] = periodsAt(new Date("2027-01-03T00:00:00Z")).slice(5);
    expect(month).toMatchObject({ from: "2026-12-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" });
  });

  it.each([
    ["2026-03-01T00:00:00.000Z", "2026-03-01 00:00 UTC"],
    ["2026-03-01T12:30:05.000Z", "2026-03-01 12:30:05 UTC"],
    ["2026-03-01T12:30:00.120Z", "2026-03-01 12:30:00.120 UTC"],
  ])("read %s as %s", (iso, text) => {
    expect(filterMoment(iso)).toBe(text);
  });

  it("go into a field and out of it in UTC", () => {
    expect(fieldOfMoment("2026-03-01T12:30:00.000Z")).toBe("2026-03-01T12:30");
    expect(momentOfField("2026-03-01T12:30")).toBe("2026-03-01T12:30:00.000Z");
    expect([fieldOfMoment(null), fieldOfMoment("soon")]).toEqual(["", ""]);
    expect([momentOfField(""), momentOfField("2026-13")]).toEqual([null, null]);
  });
});

it.each([
  [" file_ab12 ", { file: "file_ab12", run: null, attempt: null }],
  ['"run_ab12",', { file: null, run: "run_ab12", attempt: null }],
  ["att_ab12", { file: null, run: null, attempt: "att_ab12" }],
  ["lease.pdf", null],
  ["", null],
])("takes the id %j for what it is", (typed, change) => {
  expect(ownerOfId(typed)).toEqual(change);
});
