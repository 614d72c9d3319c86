import { addPrice } from "../../src/costs/prices/add-price.ts";
import type { NewPrice } from "../../src/costs/prices/new-price.ts";
import type { Db } from "../../src/db/client.ts";
import { meters } from "../../src/telemetry/names.ts";

/** A price that is to be added: of the local model's tokens from the beginning of 2026, unless said otherwise. */
export function newPrice(said: Partial<NewPrice> = {}): NewPrice {
  return {
    meter: meters.embeddingTokens,
    provider: "waybill",
    model: "waybill/lexical-1536",
    nanoUsd: 20n,
    perUnits: 1,
    effectiveFrom: new Date("2026-01-01T00:00:00Z"),
    source: "a test",
    seenOn: "2026-11-25",
    confidence: "high",
    ...said,
  };
}

/** Adds it. */
export function putPrice(db: Db, now: Date, said: Partial<NewPrice> = {}) {
  return db.transaction((tx) => addPrice(tx, newPrice(said), now));
}
