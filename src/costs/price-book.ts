import { sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { prices } from "../db/schema/costs.ts";
import { deriveId } from "../kernel/ids.ts";
import { type Meter, meters } from "../telemetry/names.ts";

/** A price of the book: `nanoUsd` for `perUnits` units. */
interface SeedPrice {
  readonly meter: Meter;
  readonly provider: string;
  readonly model: string;
  readonly unit: string;
  readonly nanoUsd: bigint;
  readonly perUnits: number;
  readonly source: string;
  readonly confidence: "high" | "medium" | "low";
}

const seenOn = "2026-11-12";
const anyModel = "*";

/** The public pay-as-you-go prices, read on `seenOn`. */
const seedPrices: readonly SeedPrice[] = [
  price(
    meters.qstashMessages,
    "upstash",
    anyModel,
    "message",
    10_000n,
    1,
    "Upstash QStash pricing, pay as you go: $1 per 100,000 messages",
    "medium",
  ),
  price(
    meters.vectorWrites,
    "upstash",
    anyModel,
    "vector",
    4_000n,
    1,
    "Upstash Vector pricing: $0.40 per 100,000 requests",
    "medium",
  ),
  price(
    meters.vectorQueries,
    "upstash",
    anyModel,
    "query",
    4_000n,
    1,
    "Upstash Vector pricing: $0.40 per 100,000 requests",
    "medium",
  ),
  price(
    meters.blobOperations,
    "vercel",
    anyModel,
    "advanced operation",
    5_000n,
    1,
    "Vercel Blob pricing: $5 per million advanced operations",
    "medium",
  ),
  price(
    meters.blobBytes,
    "vercel",
    anyModel,
    "byte for a month",
    23n,
    1_000,
    "Vercel Blob pricing: $0.023 per GB and month",
    "medium",
  ),
  price(
    meters.computeMs,
    "vercel",
    anyModel,
    "ms of work",
    128_000_000n,
    3_600_000,
    "Vercel Fluid compute, iad1: $0.128 per CPU hour",
    "medium",
  ),
  price(
    meters.embeddingTokens,
    "openai",
    "openai/text-embedding-3-small",
    "token",
    20n,
    1,
    "OpenAI text-embedding-3-small: $0.02 per million tokens",
    "medium",
  ),
  price(
    meters.embeddingTokens,
    "waybill",
    "waybill/lexical-1536",
    "token",
    20n,
    1,
    "Local stand-in, priced as text-embedding-3-small so that local figures resemble real ones",
    "high",
  ),
];

/** Prices that stand in the book already are left as they are. Safe to run again. */
export async function seedPriceBook({ db }: DbContext): Promise<void> {
  const effectiveFrom = new Date("2026-01-01T00:00:00Z");
  await db
    .insert(prices)
    .values(
      seedPrices.map((item) => ({
        id: deriveId("price", item.meter, item.provider, item.model, effectiveFrom.toISOString()),
        ...item,
        effectiveFrom,
        seenOn,
      })),
    )
    .onConflictDoNothing();
}

/** How many meters have no price for `model`: 0 when every call can be priced. */
export async function missingPrices({ db }: DbContext, model: string): Promise<number> {
  const found = await db
    .selectDistinct({ meter: prices.meter })
    .from(prices)
    .where(sql`${prices.meter} <> ${meters.embeddingTokens} or ${prices.model} = ${model}`);
  return Object.keys(meters).length - found.length;
}

function price(
  meter: Meter,
  provider: string,
  model: string,
  unit: string,
  nanoUsd: bigint,
  perUnits: number,
  source: string,
  confidence: SeedPrice["confidence"],
): SeedPrice {
  return { meter, provider, model, unit, nanoUsd, perUnits, source, confidence };
}
