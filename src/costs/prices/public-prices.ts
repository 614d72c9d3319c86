import { type Meter, meters } from "../../telemetry/names.ts";

/** A price of the book: `nanoUsd` for `perUnits` units. */
export interface PublicPrice {
  readonly meter: Meter;
  readonly provider: string;
  /** The model, or a class of operations that has a price of its own; `*` for all others. */
  readonly model: string;
  readonly nanoUsd: bigint;
  readonly perUnits: number;
  readonly source: string;
  /** How sure it is that this is what the provider asks. */
  readonly confidence: "high" | "medium" | "low";
}

/** When the sources were read. */
export const seenOn = "2026-11-25";

const msPerHour = 3_600_000;
/** A month of storage, as providers reckon it: 730 hours of a GB. */
const byteHoursPerGbMonth = 730 * 1_000_000_000;
const mbMsPerGbHour = 1_024 * msPerHour;

const fluid = "Vercel Fluid compute pricing, iad1";
const sandbox = "Vercel Sandbox pricing, iad1";
const blob = "Vercel Blob pricing, iad1";
const vector = "Upstash Vector FAQ";

/** Public pay-as-you-go prices. Free tiers and plans are settings of their own (costs/plans). */
export const publicPrices: readonly PublicPrice[] = [
  {
    ...{ meter: meters.qstashMessages, provider: "upstash", model: "*" },
    ...{ nanoUsd: 10_000n, perUnits: 1, confidence: "medium" },
    source: "Upstash QStash pricing, pay as you go: $1 per 100,000 messages, each delivery attempt being one",
  },
  {
    ...{ meter: meters.embeddingTokens, provider: "openai", model: "openai/text-embedding-3-small" },
    ...{ nanoUsd: 20n, perUnits: 1, confidence: "medium" },
    source: "OpenAI text-embedding-3-small: $0.02 per million tokens",
  },
  {
    ...{ meter: meters.embeddingTokens, provider: "openai", model: "openai/text-embedding-3-large" },
    ...{ nanoUsd: 130n, perUnits: 1, confidence: "medium" },
    source: "OpenAI text-embedding-3-large: $0.13 per million tokens",
  },
  {
    ...{ meter: meters.embeddingTokens, provider: "waybill", model: "waybill/lexical-1536" },
    ...{ nanoUsd: 20n, perUnits: 1, confidence: "high" },
    source: "Local stand-in, priced as text-embedding-3-small so that local figures resemble real ones",
  },
  {
    ...{ meter: meters.vectorWrites, provider: "upstash", model: "*" },
    ...{ nanoUsd: 4_000n, perUnits: 1, confidence: "medium" },
    source: `${vector}: $0.40 per 100,000 operations, upserts and deletes among them; each vector taken as one`,
  },
  {
    ...{ meter: meters.vectorQueries, provider: "upstash", model: "*" },
    ...{ nanoUsd: 4_000n, perUnits: 1, confidence: "high" },
    source: `${vector}: $0.40 per 100,000 operations`,
  },
  {
    ...{ meter: meters.vectorStorage, provider: "upstash", model: "*" },
    ...{ nanoUsd: 250_000_000n, perUnits: byteHoursPerGbMonth, confidence: "high" },
    source: `${vector}: $0.25 per GB and month, metadata included`,
  },
  {
    ...{ meter: meters.blobOperations, provider: "vercel", model: "advanced" },
    ...{ nanoUsd: 5_000n, perUnits: 1, confidence: "medium" },
    source: `${blob}: $5.00 per million advanced operations (put, copy, list; each part of an upload)`,
  },
  {
    ...{ meter: meters.blobOperations, provider: "vercel", model: "simple" },
    ...{ nanoUsd: 400n, perUnits: 1, confidence: "medium" },
    source: `${blob}: $0.40 per million simple operations (reading, head)`,
  },
  {
    ...{ meter: meters.blobTransfer, provider: "vercel", model: "*" },
    ...{ nanoUsd: 50_000_000n, perUnits: 1_000_000_000, confidence: "medium" },
    source: `${blob}: $0.050 per GB of data transfer`,
  },
  {
    ...{ meter: meters.blobStorage, provider: "vercel", model: "*" },
    ...{ nanoUsd: 23_000_000n, perUnits: byteHoursPerGbMonth, confidence: "medium" },
    source: `${blob}: $0.023 per GB and month`,
  },
  {
    ...{ meter: meters.computeMs, provider: "vercel", model: "*" },
    ...{ nanoUsd: 128_000_000n, perUnits: msPerHour, confidence: "medium" },
    source: `${fluid}: $0.128 per hour of active CPU`,
  },
  {
    ...{ meter: meters.computeMemory, provider: "vercel", model: "*" },
    ...{ nanoUsd: 10_600_000n, perUnits: mbMsPerGbHour, confidence: "medium" },
    source: `${fluid}: $0.0106 per GB and hour of provisioned memory`,
  },
  {
    ...{ meter: meters.sandboxMs, provider: "vercel", model: "*" },
    ...{ nanoUsd: 128_000_000n, perUnits: msPerHour, confidence: "medium" },
    source: `${sandbox}: $0.128 per hour of active CPU`,
  },
  {
    ...{ meter: meters.sandboxMemory, provider: "vercel", model: "*" },
    ...{ nanoUsd: 21_200_000n, perUnits: mbMsPerGbHour, confidence: "medium" },
    source: `${sandbox}: $0.0212 per GB and hour of provisioned memory`,
  },
  {
    ...{ meter: meters.databaseRows, provider: "neon", model: "*" },
    ...{ nanoUsd: 0n, perUnits: 1, confidence: "high" },
    source: "Neon plans: compute and storage are charged by time and size, rows are not; counted to be seen",
  },
];
