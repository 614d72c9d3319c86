import type { Pool } from "pg";
import type { Clock } from "../../../kernel/clock.ts";
import type { Log } from "../../../kernel/log.ts";
import type { ClaimedMessage } from "../entities.ts";
import { claimMessages, nextDueMs } from "../store/claim-messages.ts";
import { createWakingLoop } from "../timing/waking-loop.ts";
import { type AttemptContext, attempt } from "./attempt.ts";
import { type Attempted, createFinisher } from "./finish-attempts.ts";

/** Takes messages up when they are due and delivers them. */
export interface Dispatcher {
  start(): void;
  /** Takes nothing more up; what is under way may end within `graceMs`, the rest is left to the next start. */
  stop(graceMs: number): Promise<void>;
  /** Something may be due. */
  wake(): void;
  /** Keeps messages that were cancelled while they were taken up from being sent. */
  forbid(messageIds: readonly string[]): void;
}

/** What the dispatcher needs. */
export interface DispatcherConfig extends Omit<AttemptContext, "clock"> {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxInFlight: number;
}

interface InFlight {
  forbidden: boolean;
  readonly ended: Promise<void>;
}

/** A dispatcher; there is one for a database at a time. */
export function createDispatcher(config: DispatcherConfig): Dispatcher {
  const { pool, clock, log } = config;
  const inFlight = new Map<string, InFlight>();
  const abandoning = new AbortController();
  /** Cancelled while a claim is under way, whose answer is not here yet. */
  let forbiddenEarly: Set<string> | undefined;

  const loop = createWakingLoop({ clock, log, name: "qstash.dispatcher" }, async () => {
    const room = config.maxInFlight - inFlight.size;
    // Whatever ends wakes the loop.
    if (room <= 0) return undefined;
    const nowMs = clock.now().getTime();
    forbiddenEarly = new Set();
    const claimed = await claimMessages(pool, nowMs, room);
    for (const message of claimed) begin(message, forbiddenEarly.has(message.messageId));
    forbiddenEarly = undefined;
    return claimed.length === room ? undefined : nextDueMs(pool, nowMs);
  });
  const finish = createFinisher({ pool, clock, log, stopped: abandoning.signal });

  const begin = (message: ClaimedMessage, forbidden: boolean) => {
    const entry: InFlight = { forbidden, ended: Promise.resolve() };
    const ended = deliver(message, () => !entry.forbidden).finally(() => {
      inFlight.delete(message.messageId);
      loop.wake();
    });
    inFlight.set(message.messageId, Object.assign(entry, { ended }));
  };

  const deliver = async (message: ClaimedMessage, mayBegin: () => boolean) => {
    const answer = await attempt(config, message, abandoning.signal, mayBegin);
    // An attempt that was broken off by the stop stays marked as under way, and the next start repeats it.
    if (abandoning.signal.aborted) return;
    const attempted: Attempted = { message, answer };
    await finish(attempted);
  };

  return {
    start: () => loop.start(),
    wake: () => loop.wake(),
    forbid(messageIds) {
      for (const messageId of messageIds) {
        const entry = inFlight.get(messageId);
        if (entry) entry.forbidden = true;
        else forbiddenEarly?.add(messageId);
      }
    },
    async stop(graceMs) {
      await loop.stop();
      const allEnded = Promise.allSettled([...inFlight.values()].map((entry) => entry.ended));
      const over = new AbortController();
      await Promise.race([allEnded, clock.wait(graceMs, over.signal)]);
      over.abort();
      abandoning.abort("the service was stopped");
      await allEnded;
    },
  };
}
