import type { BreakerProvider } from "../db/breaker-states.ts";

/** What people call the providers. */
export const providerNames: Readonly<Record<BreakerProvider, string>> = {
  gateway: "AI Gateway",
  vector: "Upstash Vector",
  blob: "Vercel Blob",
};
