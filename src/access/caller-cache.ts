import type { Clock } from "../kernel/clock.ts";
import type { Caller } from "./principal.ts";

/**
 * How long a caller is taken for who they were, in ms. A revoked key, an ended session and a lost role
 * keep what they had for as long in other processes than the one that was told.
 */
export const callerLifeMs = 15_000;

/** The most callers that a process remembers. */
const capacity = 10_000;

/** The callers that this process has just looked up, by the hash of what they sent. */
export interface CallerCache {
  /** Who this was, or who `look` finds; those who ask at once share one look, and a refusal is not remembered. */
  recall(hash: string, look: () => Promise<Caller | undefined>): Promise<Caller | undefined>;
  /** Rights have changed: everybody is looked up anew. */
  forget(): void;
}

/** An empty memory of callers. */
export function createCallerCache(clock: Clock): CallerCache {
  const known = new Map<string, { readonly until: number; readonly caller: Promise<Caller | undefined> }>();
  return {
    async recall(hash, look) {
      const now = clock.now().getTime();
      const kept = known.get(hash);
      if (kept !== undefined && kept.until > now) return kept.caller;
      if (known.size >= capacity) known.clear();
      const entry = { until: now + callerLifeMs, caller: look() };
      known.set(hash, entry);
      const drop = () => known.get(hash) === entry && known.delete(hash);
      try {
        const caller = await entry.caller;
        if (caller === undefined) drop();
        return caller;
      } catch (error) {
        drop();
        throw error;
      }
    },
    forget: () => known.clear(),
  };
}
