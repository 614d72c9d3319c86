import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { isOver, type RequeueState } from "../../db/requeue-states.ts";
import { requeues } from "../../db/schema/requeues.ts";
import { type RequeueTurn, sendRequeue } from "../../jobs/send-requeue.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { endRequeue } from "./end-requeue.ts";
import { lockRequeue, type RequeueRow } from "./lock-requeue.ts";

/** Which requeue is changed, and who says so. */
export interface RequeueChange {
  readonly id: string;
  readonly verb: "pause" | "resume" | "cancel";
  readonly reason: string | null;
  readonly actor: Actor;
}

/** After how long a requeue that was ended looks whether what it had sent has ended too, in ms. */
const lookAfterMs = 2_000;

/**
 * Pauses a requeue, lets it go on, or ends it: what was not sent waits or is not sent any more, what is on its way
 * goes on. Whatever message is still under way for it is late from now on. Twice is once.
 * @throws WaybillError requeue_not_found, requeue_ended
 */
export async function changeRequeue(ctx: TriageContext, change: RequeueChange): Promise<void> {
  const next = await ctx.db.transaction((tx) => changeState(tx, change, ctx.clock.now()));
  if (next !== null) await sendRequeue(ctx, next);
}

async function changeState(
  tx: Db,
  { id, verb, reason, actor }: RequeueChange,
  now: Date,
): Promise<RequeueTurn | null> {
  const requeue = await lockRequeue(tx, id);
  const { state, turn } = requeue;
  if (isDone(verb, state)) return null;
  if (isOver(state)) throw new WaybillError("requeue_ended", { details: { state } });
  const { dueAt, after } = await applyVerb(tx, requeue, verb, now);
  await tx
    .update(requeues)
    .set({ turn: turn + 1, dueAt })
    .where(eq(requeues.id, id));
  const action = `requeue.${verb}` as const;
  const request = { requeueId: id };
  const entry = { action, fileId: null, actor, reason, idempotencyKey: null, request };
  await recordAudit(tx, { ...entry, before: { state }, after }, now);
  return dueAt && { requeueId: id, turn: turn + 1, dueAt };
}

/** Whether a requeue in this state is as the verb would have it. */
function isDone(verb: RequeueChange["verb"], state: RequeueState): boolean {
  switch (verb) {
    case "pause":
      return state === "paused";
    case "resume":
      return state !== "paused" && !isOver(state);
    case "cancel":
      return state === "cancelled";
  }
}

async function applyVerb(tx: Db, requeue: RequeueRow, verb: RequeueChange["verb"], now: Date) {
  const { id, state, startsAt } = requeue;
  if (verb === "cancel") {
    const skipped = await endRequeue(tx, id, { state: "cancelled", because: null }, now);
    return {
      dueAt: new Date(now.getTime() + lookAfterMs),
      after: { state: "cancelled", skipped },
    };
  }
  if (verb === "pause") {
    await tx.update(requeues).set({ state: "paused", pausedFrom: state }).where(eq(requeues.id, id));
    return { dueAt: null, after: { state: "paused" } };
  }
  const back = requeue.pausedFrom ?? "running";
  await tx.update(requeues).set({ state: back, pausedFrom: null, waits: 0 }).where(eq(requeues.id, id));
  const dueAt = back === "scheduled" && startsAt > now ? startsAt : now;
  return { dueAt, after: { state: back } };
}
