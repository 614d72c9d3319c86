import type { LiveRange } from "./shown-time.model.ts";

/** What the spans that end now are called. */
export const rangeWords: Readonly<Record<LiveRange, string>> = {
  "1h": "1 hour",
  "6h": "6 hours",
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
};
