import { describe, expect, it } from "vitest";
import { samplePrice } from "../../../../tests/support/console/sample-price.ts";
import {
  bookLines,
  correctionText,
  modelWords,
  openLine,
  quotedText,
  sourceParts,
} from "./price-book.model.ts";
import { concernedHref, priceHref, priceKey } from "./price-links.ts";

const correction = {
  id: "corr_1",
  state: "running" as const,
  from: "2026-01-01T00:00:00.000Z",
  until: "2026-11-25T00:00:00.000Z",
  entries: 1200,
  adjusted: 40,
  nanoUsd: "31000",
  startedAt: "2026-11-25T00:00:00.000Z",
  finishedAt: null,
};
const book = [
  samplePrice({ id: "p5", status: "coming", effectiveFrom: "2027-02-01T00:00:00.000Z" }),
  samplePrice({ id: "p4", status: "coming", effectiveFrom: "2027-01-01T00:00:00.000Z" }),
  samplePrice({ id: "p3", revision: 2, correction }),
  samplePrice({ id: "p2", status: "superseded" }),
  samplePrice({ id: "p1", status: "past", effectiveFrom: "2025-01-01T00:00:00.000Z" }),
  samplePrice({ id: "q1", meter: "qstash.messages", provider: "upstash", model: "*", unit: "message" }),
];

describe("bookLines", () => {
  it("has a line for each meter, provider and model, with what holds now, what comes next and what was", () => {
    const [tokens, messages, ...rest] = bookLines(book);
    expect(rest).toEqual([]);
    expect(tokens).toMatchObject({
      key: "embedding.tokens~openai~openai/small",
      current: { id: "p3" },
      next: { id: "p4" },
      running: { id: "corr_1" },
    });
    expect(tokens?.history.map(({ id }) => id)).toEqual(["p5", "p4", "p3", "p2", "p1"]);
    expect(messages).toMatchObject({ current: { id: "q1" }, next: null, running: null });
  });

  it("has nothing that holds while the first price is yet to come", () => {
    expect(bookLines(book.slice(0, 1))[0]).toMatchObject({ current: null, next: { id: "p5" } });
  });
});

it("opens what the address names, and the price of all for a model without one of its own", () => {
  const lines = bookLines(book);
  const open = (model: string, meter = "qstash.messages", provider = "upstash") =>
    openLine(lines, priceKey({ meter, provider, model }))?.key ?? null;
  expect(open("*")).toBe("qstash.messages~upstash~*");
  expect(open("fast")).toBe("qstash.messages~upstash~*");
  expect(open("openai/large", "embedding.tokens", "openai")).toBeNull();
  expect(openLine(lines, null)).toBeNull();
});

it("says of a price of all whether others have one of their own", () => {
  const all = { meter: "embedding.tokens", provider: "openai", model: "*" };
  expect(modelWords(all, [all])).toBeNull();
  expect(modelWords(all, [all, samplePrice()])).toBe("all other models");
  expect(modelWords(samplePrice(), [all])).toBe("openai/small");
});

it("quotes a price as it was entered", () => {
  expect(quotedText(samplePrice())).toBe("$0.00000002 for 1 token");
  const storage = { nanoUsd: "250000000", perUnits: 730_000_000_000, unit: "byte hour" };
  expect(quotedText(storage)).toBe("$0.25 for 730,000,000,000 byte hours");
});

it.each([
  [correction, "Correcting: 1,200 entries looked at, 40 adjusted so far"],
  [{ ...correction, state: "done" as const }, "40 of 1,200 entries adjusted, +$0.000031 in all"],
  [{ ...correction, state: "done" as const, entries: 1, adjusted: 0 }, "1 entry looked at, none was wrong"],
])("says how far a correction has come: %#", (given, text) => {
  expect(correctionText(given)).toBe(text);
});

it("finds the addresses in a source", () => {
  expect(sourceParts("Pricing (https://example.com/pricing?x=1), read twice")).toEqual([
    { text: "Pricing (", href: null },
    { text: "https://example.com/pricing?x=1", href: "https://example.com/pricing?x=1" },
    { text: "), read twice", href: null },
  ]);
  expect(sourceParts("the invoice of November")).toEqual([{ text: "the invoice of November", href: null }]);
});

describe("links", () => {
  const query = (href: string) => Object.fromEntries(new URLSearchParams(href.split("?")[1]));
  const price = { ...samplePrice(), from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" };

  it("lead to the entries that a price concerns, of a project, and to those that correct them", () => {
    const common = {
      meter: "embedding.tokens",
      provider: "openai",
      model: "openai/small",
      from: "2026-01-01T00:00:00.000Z",
      to: "2026-02-01T00:00:00.000Z",
    };
    expect(query(concernedHref(price))).toEqual(common);
    expect(query(concernedHref(price, { project: null }))).toEqual({ ...common, project: "-" });
    expect(query(concernedHref(price, { adjusting: true }))).toEqual({ ...common, adjusting: "true" });
  });

  it("leave the model out for a price of all", () => {
    expect(query(concernedHref({ ...price, model: "*", until: null }))).toEqual({
      meter: "embedding.tokens",
      provider: "openai",
      from: "2026-01-01T00:00:00.000Z",
    });
  });

  it("lead to what an entry was priced at", () => {
    expect(query(priceHref(samplePrice()))).toEqual({ open: "embedding.tokens~openai~openai/small" });
  });
});
