import type { PriceView } from "../../../src/costs/prices/price-view.ts";

/** A price of the book, changed as the test needs it. */
export function samplePrice(change: Partial<PriceView> = {}): PriceView {
  return {
    id: "price_1",
    meter: "embedding.tokens",
    provider: "openai",
    model: "openai/small",
    unit: "token",
    nanoUsd: "20",
    perUnits: 1,
    unitNanoUsd: "20",
    effectiveFrom: "2026-01-01T00:00:00.000Z",
    effectiveUntil: null,
    revision: 1,
    status: "current",
    source: "the price list",
    seenOn: "2026-01-01",
    confidence: "high",
    addedAt: null,
    correction: null,
    ...change,
  };
}
