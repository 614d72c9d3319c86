import type { BreakerProvider } from "../../db/breaker-states.ts";
import { providerNames } from "../../providers/provider-names.ts";

/** What a step that is held says of why. */
export function breakerSentence(provider: BreakerProvider): string {
  return `The breaker of ${providerNames[provider]} is open, so nothing is sent to it.`;
}
