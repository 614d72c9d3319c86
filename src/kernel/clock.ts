/**
 * Time as a dependency. Decisions read the clock they were given, so that a test can advance a day in a
 * millisecond. The database's own `now()` decides about leases alone (see jobs/claim-step.ts).
 */
export interface Clock {
  /** The current time. */
  now(): Date;
  /** A reading that only grows, in ms with fractions; for durations, never for dates. */
  monotonicMs(): number;
  /** Resolves after `delayMs` of this clock's time, or at once when `signal` aborts. Never rejects. */
  wait(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  wait: waitOnTimer,
};

/** A clock that follows the machine's clock but can be moved ahead. */
export interface AdjustableClock extends Clock {
  /** Moves the clock ahead by `byMs` and wakes every wait that is due by then. */
  advance(byMs: number): void;
}

/**
 * A clock that tests and the local stack's control route can advance.
 * @param options.frozenAt when given, time stands still there and moves by `advance` alone.
 */
export function createAdjustableClock(options: { frozenAt?: Date } = {}): AdjustableClock {
  const frozenAtMs = options.frozenAt?.getTime();
  let offsetMs = 0;
  const waiting = new Set<{ dueMs: number; wake: () => void }>();
  const nowMs = () => (frozenAtMs ?? Date.now()) + offsetMs;

  return {
    now: () => new Date(nowMs()),
    monotonicMs: () => (frozenAtMs === undefined ? performance.now() : 0) + offsetMs,
    async wait(delayMs, signal) {
      if (delayMs <= 0 || signal?.aborted) return;
      const woken = new AbortController();
      const entry = { dueMs: nowMs() + delayMs, wake: () => woken.abort() };
      waiting.add(entry);
      const either = signal ? AbortSignal.any([signal, woken.signal]) : woken.signal;
      await (frozenAtMs === undefined ? waitOnTimer(delayMs, either) : aborted(either));
      waiting.delete(entry);
    },
    advance(byMs) {
      offsetMs += byMs;
      for (const entry of [...waiting].sort((a, b) => a.dueMs - b.dueMs)) {
        if (entry.dueMs <= nowMs()) entry.wake();
      }
    },
  };
}

function waitOnTimer(delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  // setTimeout fires at once beyond 2^31-1 ms: a longer wait is cut there and the caller looks again.
  const capMs = Math.min(Math.max(delayMs, 0), 2 ** 31 - 1);
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, capMs);
    signal?.addEventListener("abort", finish, { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
