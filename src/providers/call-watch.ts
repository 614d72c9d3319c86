import type { BreakerProvider } from "../db/breaker-states.ts";
import type { Clock } from "../kernel/clock.ts";
import { WaybillError } from "../kernel/errors.ts";

/** How a call of a provider ended. */
export interface CallOutcome {
  readonly provider: BreakerProvider;
  /** Whether the provider was ill: it failed, or did not answer. */
  readonly ill: boolean;
  readonly latencyMs: number;
}

/** Watches the calls that one attempt makes. */
export interface CallWatch {
  /** Makes a call and keeps how it ended. */
  watch<Answer>(provider: BreakerProvider, call: () => Promise<Answer>): Promise<Answer>;
  /** The attempt waits no longer: what has no answer yet has been waited for in vain. */
  giveUp(): void;
  /** How the calls ended that have. */
  outcomes(): readonly CallOutcome[];
}

/** A watch over no calls. */
export function createCallWatch(clock: Pick<Clock, "monotonicMs">): CallWatch {
  const calls: { readonly end: (ill: boolean) => void; ended: CallOutcome | null }[] = [];
  return {
    async watch(provider, call) {
      const sinceMs = clock.monotonicMs();
      const entry: (typeof calls)[number] = {
        end(ill) {
          entry.ended ??= { provider, ill, latencyMs: clock.monotonicMs() - sinceMs };
        },
        ended: null,
      };
      calls.push(entry);
      try {
        const answer = await call();
        entry.end(false);
        return answer;
      } catch (error) {
        entry.end(isIll(error));
        throw error;
      }
    },
    giveUp() {
      for (const { end } of calls) end(true);
    },
    outcomes: () => calls.flatMap(({ ended }) => ended ?? []),
  };
}

/**
 * Whether an error says that the provider is ill. What it refuses of a request or of our account (4xx) is an answer,
 * and so is the wish to be asked more slowly (429): that has its own time, and backoff and flow control heed it.
 */
function isIll(error: unknown): boolean {
  return error instanceof WaybillError && error.code === "provider_unavailable";
}
