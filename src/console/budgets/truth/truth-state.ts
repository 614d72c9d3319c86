import { parseAsStringLiteral } from "nuqs/server";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How far back the ledger is held against the meters. */
export const truthRanges = ["1h", "24h", "3d", "30d"] as const;
export type TruthRange = (typeof truthRanges)[number];

/** In ms. QStash is sure to have its log of three days, less the hour that the span is widened by. */
export const lengthsMs: Readonly<Record<TruthRange, number>> = {
  "1h": hourMs,
  "24h": dayMs,
  "3d": 3 * dayMs - hourMs,
  "30d": 30 * dayMs,
};

/** The state of the page that stands in the address. */
export const truthState = { range: parseAsStringLiteral(truthRanges).withDefault("24h") };
