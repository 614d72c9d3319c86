import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { isOver } from "../../db/requeue-states.ts";
import { requeueFiles, requeues } from "../../db/schema/requeues.ts";
import type { TriageContext } from "../context.ts";
import { readRequest } from "../plans/read-request.ts";
import { endRequeue } from "./end-requeue.ts";
import { type CanaryCounts, judgeCanary } from "./judge-canary.ts";
import { lockRequeue, type RequeueRow } from "./lock-requeue.ts";

/** What a turn does next. `decided`: the state has changed, look again; `wait`: for runs under way. */
export type NextMove =
  | { readonly kind: "send" }
  | { readonly kind: "prove" }
  | { readonly kind: "decided" }
  | { readonly kind: "late" }
  | { readonly kind: "proved" }
  | { readonly kind: "wait" }
  | { readonly kind: "at"; readonly dueAt: Date };

/**
 * Looks at a requeue under its lock and says what its turn does next: begins it when its undo window is over, lets
 * the rest follow the canaries or stops it, ends it when every file has its outcome.
 */
export function decideNext(
  ctx: TriageContext,
  { requeueId, turn }: { requeueId: string; turn: number },
): Promise<NextMove> {
  return ctx.db.transaction(async (tx) => {
    const requeue = await lockRequeue(tx, requeueId);
    const now = ctx.clock.now();
    if (requeue.turn !== turn || requeue.state === "paused") return { kind: "late" };
    if (requeue.provedAt !== null) return { kind: "proved" };
    // QStash's clock may go before ours.
    if (requeue.dueAt !== null && requeue.dueAt > now) return { kind: "at", dueAt: requeue.dueAt };
    if (requeue.state === "scheduled") return begin(tx, requeue);
    const open = await countOpen(tx, requeueId);
    if (isOver(requeue.state)) return { kind: open.sent > 0 ? "wait" : "prove" };
    if (requeue.state === "canary") return followCanary(tx, requeue, open, now);
    if (open.pending > 0) return { kind: "send" };
    if (open.sent > 0) return { kind: "wait" };
    await endRequeue(tx, requeueId, { state: "done", because: null }, now);
    return { kind: "prove" };
  });
}

async function begin(tx: Db, { id, planId }: RequeueRow): Promise<NextMove> {
  const { canary } = (await readRequest(tx, planId)).options;
  await tx
    .update(requeues)
    .set({ state: canary === null ? "running" : "canary" })
    .where(eq(requeues.id, id));
  return { kind: "decided" };
}

type Open = Awaited<ReturnType<typeof countOpen>>;

async function followCanary(tx: Db, { id, planId }: RequeueRow, open: Open, now: Date): Promise<NextMove> {
  const { canary } = (await readRequest(tx, planId)).options;
  if (canary === null) throw new TypeError(`Requeue ${id} has canaries, and its plan has none.`);
  const verdict = judgeCanary(open.canary, canary.succeedPercent);
  switch (verdict.kind) {
    case "wait":
      return { kind: open.canary.pending > 0 ? "send" : "wait" };
    case "pass":
      await tx.update(requeues).set({ state: "running" }).where(eq(requeues.id, id));
      return { kind: "decided" };
    case "fail":
      await endRequeue(tx, id, { state: "stopped", because: verdict.because }, now);
      return { kind: "decided" };
    case "silent":
      if (open.pending > 0) await nameCanaries(tx, id, canary.files);
      else await tx.update(requeues).set({ state: "running" }).where(eq(requeues.id, id));
      return { kind: "decided" };
  }
}

/** All canaries were skipped and said nothing: the next files take their place. */
async function nameCanaries(tx: Db, id: string, count: number): Promise<void> {
  const next = await tx
    .select({ place: requeueFiles.place })
    .from(requeueFiles)
    .where(and(eq(requeueFiles.requeueId, id), eq(requeueFiles.outcome, "pending")))
    .orderBy(asc(requeueFiles.place))
    .limit(count);
  const places = next.map(({ place }) => place);
  await tx
    .update(requeueFiles)
    .set({ canary: true })
    .where(and(eq(requeueFiles.requeueId, id), inArray(requeueFiles.place, places)));
}

async function countOpen(
  tx: Db,
  requeueId: string,
): Promise<{ pending: number; sent: number; canary: CanaryCounts }> {
  const counted = await tx
    .select({
      outcome: requeueFiles.outcome,
      canary: requeueFiles.canary,
      files: sql<number>`count(*)::int`,
    })
    .from(requeueFiles)
    .where(eq(requeueFiles.requeueId, requeueId))
    .groupBy(requeueFiles.outcome, requeueFiles.canary);
  const sum = (outcome: string, canary?: boolean) =>
    counted
      .filter((row) => row.outcome === outcome && (canary === undefined || row.canary === canary))
      .reduce((total, row) => total + row.files, 0);
  const canary = {
    pending: sum("pending", true),
    sent: sum("sent", true),
    succeeded: sum("succeeded", true),
    failed: sum("failed", true),
  };
  return { pending: sum("pending"), sent: sum("sent"), canary };
}
