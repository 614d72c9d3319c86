import type { Clock } from "../../../kernel/clock.ts";
import type { Log } from "../../../kernel/log.ts";

/** A loop that sleeps until it is woken or something falls due; it never polls. */
export interface WakingLoop {
  start(): void;
  /** Ends after the pass that is under way. */
  stop(): Promise<void>;
  /**
   * Has the loop look again, at once when it sleeps.
   * @param dueMs when there is nothing to see before then (ms since the epoch): a loop that looks by then
   * anyway sleeps on
   */
  wake(dueMs?: number): void;
}

/** How long to keep away after a pass has failed, in ms. */
const afterFaultMs = 500;

/**
 * Makes a loop around `pass`, which does what is due and returns when the next thing falls due (ms since the
 * epoch; undefined for never). A pass that throws is logged and repeated.
 */
export function createWakingLoop(
  config: { readonly clock: Clock; readonly log: Log; readonly name: string },
  pass: () => Promise<number | undefined>,
): WakingLoop {
  const { clock, log, name } = config;
  const stopping = new AbortController();
  let woken = new AbortController();
  /** When the sleep ends; while a pass runs there is none, as it may not see what is signalled. */
  let sleepsUntilMs = Number.POSITIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();

  const run = async () => {
    while (!stopping.signal.aborted) {
      // Renewed before the pass: what is signalled while it runs is looked at by the next one.
      woken = new AbortController();
      sleepsUntilMs = Number.POSITIVE_INFINITY;
      const nextMs = await pass().catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ err: error, loop: name }, "a pass of the loop failed");
        return clock.now().getTime() + afterFaultMs;
      });
      sleepsUntilMs = nextMs ?? Number.POSITIVE_INFINITY;
      await clock.wait(
        sleepsUntilMs - clock.now().getTime(),
        AbortSignal.any([woken.signal, stopping.signal]),
      );
    }
  };

  return {
    start() {
      running = run();
    },
    async stop() {
      stopping.abort("stopped");
      await running;
    },
    wake(dueMs = Number.NEGATIVE_INFINITY) {
      if (dueMs < sleepsUntilMs) woken.abort("woken");
    },
  };
}
