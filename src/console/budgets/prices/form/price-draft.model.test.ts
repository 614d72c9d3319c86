import { describe, expect, it } from "vitest";
import { samplePrice } from "../../../../../tests/support/console/sample-price.ts";
import { draftOf, emptyDraft, type PriceDraft, readDraft, refusedFields } from "./price-draft.model.ts";

const now = new Date("2026-11-25T12:07:00Z");
const sameFrom = "2026-01-01T00:00:00.000Z";
const filled: PriceDraft = {
  ...emptyDraft(now),
  meter: "embedding.tokens",
  provider: "openai",
  dollars: "0.02",
  source: "the invoice",
};
const read = (change: Partial<PriceDraft>, from: string | null = sameFrom) =>
  readDraft({ ...filled, ...change }, from, now);

describe("draftOf", () => {
  it.each([
    ["20", 1, "0.02", "1,000,000"],
    ["10000", 1, "0.01", "1,000"],
    ["250000000", 1, "0.25", "1"],
    ["0", 1, "0", "1"],
    ["23000000", 730_000_000_000, "0.023", "730,000,000,000"],
  ])(
    "quotes %s nano-USD for %d as $%s for %s, and reads it back as the same price",
    (nano, per, dollars, units) => {
      const draft = draftOf(samplePrice({ nanoUsd: nano, perUnits: per }), now);
      expect([draft.dollars, draft.perUnits, draft.begins]).toEqual([dollars, units, "same"]);
      const asked = readDraft(draft, sameFrom, now);
      const { nanoUsd = "-1", perUnits = 1 } = "body" in asked ? asked.body : {};
      expect(BigInt(nanoUsd) * BigInt(per)).toBe(BigInt(nano) * BigInt(perUnits));
    },
  );
});

describe("readDraft", () => {
  it("asks for a price in lowest terms, from the moment it is added", () => {
    expect(read({})).toEqual({
      body: {
        meter: "embedding.tokens",
        provider: "openai",
        model: "*",
        nanoUsd: "20",
        perUnits: 1,
        source: "the invoice",
        seenOn: "2026-11-25",
        confidence: "high",
      },
    });
    expect(read({ dollars: "0.023", perUnits: "730,000,000,000" })).toMatchObject({
      body: { nanoUsd: "23", perUnits: 730_000 },
    });
  });

  it("asks for the time at which the corrected price began, or one that was chosen", () => {
    expect(read({ begins: "same", reason: " misread " })).toMatchObject({
      body: { effectiveFrom: sameFrom, reason: "misread" },
    });
    expect(read({ begins: "at", at: "2026-10-01T00:15" })).toMatchObject({
      body: { effectiveFrom: "2026-10-01T00:15:00.000Z" },
    });
    expect(read({ begins: "at", at: "2027-10-01T00:01" })).toMatchObject({
      body: { effectiveFrom: "2027-10-01T00:01:00.000Z" },
    });
  });

  it.each([
    [{ meter: "" }, "meter"],
    [{ provider: " " }, "provider"],
    [{ model: "" }, "model"],
    [{ dollars: "much" }, "dollars"],
    [{ dollars: "0.0000000001" }, "dollars"],
    [{ perUnits: "0" }, "perUnits"],
    [{ perUnits: "99999999999999999" }, "perUnits"],
    [{ begins: "at" as const, at: "" }, "at"],
    [{ begins: "at" as const, at: "2026-10-01T00:07" }, "at"],
    [{ source: "" }, "source"],
    [{ seenOn: "yesterday" }, "seenOn"],
    [{ confidence: "sure" }, "confidence"],
    [{ reason: "x".repeat(501) }, "reason"],
  ])("says at the field what is wrong: %#", (change, field) => {
    const asked = read(change);
    expect("errors" in asked ? Object.keys(asked.errors) : asked).toEqual([field]);
  });

  it("says all that is wrong at once", () => {
    const asked = readDraft({ ...emptyDraft(now), seenOn: "" }, null, now);
    expect("errors" in asked && Object.keys(asked.errors).toSorted()).toEqual([
      "dollars",
      "meter",
      "provider",
      "seenOn",
      "source",
    ]);
  });
});

it("puts what the API refuses at the field that it is about", () => {
  expect(refusedFields({ effectiveFrom: "in the past", nanoUsd: "too much", source: "too long" })).toEqual({
    errors: { at: "in the past", dollars: "too much", source: "too long" },
    rest: false,
  });
  expect(refusedFields({ body: "is no JSON" })).toEqual({ errors: {}, rest: true });
  expect(refusedFields({})).toEqual({ errors: {}, rest: true });
});
