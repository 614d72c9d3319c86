import type { Pool } from "pg";
import type { Clock } from "../../../kernel/clock.ts";
import type { Log } from "../../../kernel/log.ts";
import type { ClaimedMessage } from "../entities.ts";
import { claimMessages, releaseInterrupted } from "../store/claim-messages.ts";
import { settleMeter } from "../store/settle-meter.ts";
import { createWakingLoop } from "../timing/waking-loop.ts";
import { type AttemptContext, attempt } from "./attempt.ts";
import { type Attempted, createFinisher } from "./finish-attempts.ts";

/** Takes messages up when they are due and delivers them. */
export interface Dispatcher {
  start(): void;
  /** Takes nothing more up; what is under way may end within `graceMs`, the rest is left to the next start. */
  stop(graceMs: number): Promise<void>;
  /** Something may be due; by `dueMs` (ms since the epoch) at the earliest when that is known. */
  wake(dueMs?: number): void;
  /** Takes up again what is marked as under way and is not: the right to deliver was taken anew. */
  recover(): void;
  /** Keeps messages that were cancelled while they were taken up from being sent. */
  forbid(messageIds: readonly string[]): void;
}

/** What the dispatcher needs. */
export interface DispatcherConfig extends Omit<AttemptContext, "clock"> {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxInFlight: number;
  /** Whether this process has the right to deliver; without it nothing is taken up. */
  mayDeliver(): boolean;
}

/** An attempt from its claim until its result is written. */
interface InFlight {
  readonly seq: number;
  readonly retried: number;
  forbidden: boolean;
  readonly ended: Promise<void>;
}

/** When to look again for messages that were locked by another statement, in ms, if nothing ends before. */
const whileLockedMs = 50;

/** A dispatcher; there is one for a database at a time. */
export function createDispatcher(config: DispatcherConfig): Dispatcher {
  const { pool, clock, log } = config;
  const inFlight = new Map<string, InFlight>();
  const abandoning = new AbortController();
  /** Cancelled while a claim is under way, whose answer is not here yet. */
  let forbiddenEarly: Set<string> | undefined;
  let recovered = false;
  /** How many attempts wait for their answers. */
  let calling = 0;
  /** How many attempts there ever were: counted here, as a crash of Postgres may take back what it was told. */
  let metered = 0;

  const recoverInterrupted = async (nowMs: number) => {
    if (recovered) return;
    // Before the statement: should the right be taken anew while it runs, it runs again.
    recovered = true;
    try {
      metered = await settleMeter(pool, metered);
      const underWay = [...inFlight.values()].map((entry) => entry.seq);
      const count = await releaseInterrupted(pool, underWay, nowMs);
      if (count > 0) log.info({ count }, "deliveries that were interrupted are repeated");
    } catch (error) {
      recovered = false;
      throw error;
    }
  };

  /** More may be due than there was room for: whatever makes room must have the loop look again. */
  let full = false;
  const makeRoom = () => {
    if (full) loop.wake();
  };
  const places = () => {
    const unwritten = inFlight.size - calling;
    return unwritten < config.maxInFlight ? config.maxInFlight - calling : 0;
  };
  const loop = createWakingLoop({ clock, log, name: "qstash.dispatcher" }, async () => {
    const room = places();
    full = room <= 0;
    // Whatever ends wakes the loop, and so does the right to deliver when it is taken.
    if (full || !config.mayDeliver()) return undefined;
    const nowMs = clock.now().getTime();
    await recoverInterrupted(nowMs);
    forbiddenEarly = new Set();
    const { claimed, chosen, nextDueMs } = await claimMessages(pool, nowMs, room, metered);
    for (const message of claimed) begin(message, forbiddenEarly.has(message.messageId));
    forbiddenEarly = undefined;
    const passedBy = chosen > claimed.length;
    full = passedBy || claimed.length === room;
    if (passedBy) return nowMs + whileLockedMs;
    // What was claimed counts against its rate only now; and places may have become free meanwhile.
    if (full ? places() > 0 : claimed.some(({ spec }) => spec.flow)) return nowMs;
    return full ? undefined : nextDueMs;
  });
  const finish = createFinisher({ pool, clock, log, stopped: abandoning.signal, onWaiting: loop.wake });

  const begin = (message: ClaimedMessage, forbidden: boolean) => {
    const { messageId, seq, retried } = message;
    // Its first claim was lost in a crash of Postgres: the attempt that runs will end it. A later attempt may
    // begin before the one that led to it has left the list.
    if (inFlight.get(messageId)?.retried === retried) return;
    metered += 1;
    calling += 1;
    const entry: InFlight = { seq, retried, forbidden, ended: Promise.resolve() };
    const ended = deliver(message, () => !entry.forbidden).finally(() => {
      if (inFlight.get(messageId) === entry) inFlight.delete(messageId);
      makeRoom();
    });
    inFlight.set(messageId, Object.assign(entry, { ended }));
  };

  const deliver = async (message: ClaimedMessage, mayBegin: () => boolean) => {
    const answer = await attempt(config, message, abandoning.signal, mayBegin);
    // The place is free; the result is written while the next message is on its way.
    calling -= 1;
    makeRoom();
    // An attempt that was broken off by the stop stays marked as under way, and the next start repeats it.
    if (abandoning.signal.aborted) return;
    const attempted: Attempted = { message, answer };
    await finish(attempted);
  };

  return {
    start: () => loop.start(),
    wake: loop.wake,
    recover() {
      recovered = false;
      loop.wake();
    },
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
      over.abort("ended");
      abandoning.abort("the service was stopped");
      await allEnded;
    },
  };
}
