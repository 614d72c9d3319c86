import type { Pool, PoolClient } from "pg";
import type { Clock } from "../../../kernel/clock.ts";
import type { Log } from "../../../kernel/log.ts";
import { inTransaction } from "../../kit/database.ts";
import type { Answer, ClaimedMessage, NewMessage } from "../entities.ts";
import { type Completed, type Completion, completeMessages } from "../store/complete-messages.ts";
import { takeInMessages } from "../store/take-in-messages.ts";
import { batched } from "../timing/batched.ts";
import { callbackMessage } from "./callback-message.ts";
import { decideOutcome } from "./decide-outcome.ts";

/** A message and what its destination answered; nothing when it was not sent. */
export interface Attempted {
  readonly message: ClaimedMessage;
  readonly answer: Answer | undefined;
}

/** How long to wait when the database refuses, in ms. */
const retryWriteMs = 250;

/**
 * Writes what came of attempts, together with the callbacks they give rise to. Attempts that end while
 * others are being written go into one statement. The result of an attempt is not given up while the
 * database is away: it is written when it is back, or the attempt is repeated after the next start.
 * @param config.stopped ends the waiting for the database
 */
export function createFinisher(config: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly stopped: AbortSignal;
  /** By then (ms since the epoch; at once when not said) a message may be due that was written or held up here. */
  onWaiting(dueMs?: number): void;
}): (attempted: Attempted) => Promise<void> {
  const { pool, clock, log, stopped, onWaiting } = config;
  return batched(async (attempts) => {
    while (!stopped.aborted) {
      try {
        const completions = await write(pool, attempts, clock.now().getTime());
        if (attempts.some(({ message }) => message.queue ?? message.spec.flow)) onWaiting();
        for (const { outcome } of completions) if (outcome.kind === "retry") onWaiting(outcome.dueMs);
        break;
      } catch (error) {
        log.error(
          { err: error, attempts: attempts.length },
          "the results of deliveries could not be written",
        );
        await clock.wait(retryWriteMs, stopped);
      }
    }
  });
}

async function write(pool: Pool, attempts: readonly Attempted[], nowMs: number): Promise<Completion[]> {
  const completions = attempts.map((attempted) => completionOf(attempted, nowMs));
  const told = attempts.some(({ message: { spec } }, index) => {
    return spec.callback ?? (completions[index]?.outcome.kind === "failed" && spec.failureCallback);
  });
  if (!told) {
    await completeMessages(pool, completions, nowMs);
    return completions;
  }
  await inTransaction(pool, async (client: PoolClient) => {
    const completed = await completeMessages(client, completions, nowMs);
    const bySeq = new Map(completed.map((one) => [one.seq, one]));
    const callbacks = attempts.flatMap((attempted) =>
      callbacksOf(attempted, bySeq.get(attempted.message.seq), nowMs),
    );
    await takeInMessages(client, callbacks, nowMs);
  });
  return completions;
}

function completionOf({ message, answer }: Attempted, nowMs: number): Completion {
  const { seq, retried } = message;
  if (answer === undefined) return { seq, retried, outcome: { kind: "cancelled" }, answer };
  return { seq, retried, outcome: decideOutcome(message, answer, nowMs), answer };
}

/** The callback after every attempt, the failure callback after the last that failed; none once cancelled. */
function callbacksOf(
  { message, answer }: Attempted,
  completed: Completed | undefined,
  nowMs: number,
): NewMessage[] {
  if (!answer || !completed || completed.state === "cancelled") return [];
  const { callback, failureCallback } = message.spec;
  const messages: NewMessage[] = [];
  if (callback) messages.push(callbackMessage(callback, message, answer, { nowMs }));
  if (failureCallback && completed.state === "failed") {
    const { dlqId } = completed;
    messages.push(callbackMessage(failureCallback, message, answer, { dlqId, nowMs }));
  }
  return messages;
}
