import { setTimeout } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import { requeues } from "../../db/schema/requeues.ts";
import { scheduledEntry } from "../../jobs/delivery-entry.ts";
import { inJobSpan } from "../../jobs/in-job-span.ts";
import type { Delivery, JobAnswer } from "../../jobs/receive.ts";
import { sendRequeue } from "../../jobs/send-requeue.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import type { RequeueContext } from "./context.ts";
import { decideNext, type NextMove } from "./decide-next.ts";
import { proveFiles } from "./prove-files.ts";
import { sendBatch } from "./send-batch.ts";

/** The body of the message for a turn of a requeue. */
export const turnMessageSchema = z.object({ v: z.literal(1), requeueId: z.string(), turn: z.number().int() });

type TurnMessage = z.output<typeof turnMessageSchema>;

/** For how long one delivery goes on, in ms; the rest is for the next turn. */
const turnMs = 25_000;

/** How long a requeue waits for its runs, turn after turn, in ms; from then on the tick looks after it. */
const waitsMs = [2_000, 4_000, 8_000, 16_000, 32_000];

/**
 * One turn of a requeue: sends files in batches, each in a transaction of its own; decides about canaries; once all
 * runs have ended, holds the index against the files; then sends the message of its next turn. A turn that stops
 * anywhere is delivered again and finds in the rows what was done; one that is late does nothing.
 * @throws WaybillError provider_* when the index does not answer for the proof; QStash delivers again
 */
export function takeTurn(ctx: RequeueContext, message: TurnMessage, delivery: Delivery): Promise<JobAnswer> {
  return inJobSpan(ctx, "requeue", delivery, async (span) => {
    await recordSpending(ctx, [scheduledEntry("requeue", delivery, ctx.clock.now())]);
    const next = await goOn(ctx, message);
    await endTurn(ctx, message, next);
    span.log.info({ requeueId: message.requeueId, turn: message.turn, next: next.kind }, "requeue");
    return { kind: "done" };
  });
}

/** What is to be done after this turn; `more`: its time was over. */
type Next = Exclude<NextMove, { kind: "send" | "prove" | "decided" }> | { readonly kind: "more" };

async function goOn(ctx: RequeueContext, message: TurnMessage): Promise<Next> {
  const until = ctx.clock.now().getTime() + turnMs;
  while (ctx.clock.now().getTime() < until) {
    const next = await decideNext(ctx, message);
    switch (next.kind) {
      case "send": {
        const sent = await sendBatch(ctx, message);
        if (sent.nextAt !== null) return { kind: "at", dueAt: sent.nextAt };
        break;
      }
      case "prove":
        if (await proveFiles(ctx, message.requeueId)) return { kind: "proved" };
        break;
      case "decided":
        break;
      case "at":
        if (next.dueAt.getTime() > until) return next;
        await setTimeout(next.dueAt.getTime() - ctx.clock.now().getTime());
        break;
      default:
        return next;
    }
  }
  return { kind: "more" };
}

async function endTurn(ctx: RequeueContext, { requeueId, turn }: TurnMessage, next: Next): Promise<void> {
  if (next.kind === "late") return;
  const [row] = await ctx.db.select().from(requeues).where(eq(requeues.id, requeueId));
  if (row === undefined) return;
  const waits = next.kind === "wait" ? row.waits + 1 : 0;
  const dueAt = dueAfter(next, ctx.clock.now(), row.waits);
  const [written] = await ctx.db
    .update(requeues)
    .set({ turn: turn + 1, waits, dueAt })
    .where(and(eq(requeues.id, requeueId), eq(requeues.turn, turn)))
    .returning({ id: requeues.id });
  faultPoint("turn.advanced");
  if (written && dueAt) await sendRequeue(ctx, { requeueId, turn: turn + 1, dueAt });
}

function dueAfter(next: Next, now: Date, waits: number): Date | null {
  switch (next.kind) {
    case "at":
      return next.dueAt;
    case "more":
      return now;
    case "wait": {
      const wait = waitsMs[waits];
      return wait === undefined ? null : new Date(now.getTime() + wait);
    }
    default:
      return null;
  }
}
