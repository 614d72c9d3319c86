import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { requeues } from "../db/schema/requeues.ts";
import type { JobsContext } from "./context.ts";

/** How long after its time a turn is missed, in ms. */
const missedAfterMs = 60_000;

/** A requeue's turns follow one another; several requeues may go on side by side. */
const flowControl = { key: "requeue", parallelism: 4 } as const;

/** Most requeues that one tick carries on. */
const atOnce = 100;

/** The next turn of a requeue, as its row has it. */
export interface RequeueTurn {
  readonly requeueId: string;
  readonly turn: number;
  readonly dueAt: Date;
}

/**
 * Sends the message for a requeue's turn; sending it twice is harmless, since its deduplication id names the turn. A
 * QStash that does not answer is no fault: the tick sends it.
 */
export async function sendRequeue(
  ctx: Pick<JobsContext, "queue" | "log" | "clock">,
  { requeueId, turn, dueAt }: RequeueTurn,
): Promise<void> {
  try {
    await ctx.queue.call({
      path: "/api/jobs/requeue",
      body: { v: 1, requeueId, turn },
      deduplicationId: `${requeueId}.${turn}`,
      flowControl,
      ...(dueAt > ctx.clock.now() && { deliverAfter: dueAt }),
    });
  } catch (error) {
    ctx.log.warn(
      { err: error, requeueId, turn },
      "the turn of a requeue could not be sent; the tick sends it",
    );
  }
}

/**
 * Sends a turn for each requeue whose message was lost or whose worker died, under a new number as QStash may still
 * know the old one, and for each that waits no longer: its runs have ended. Called by the tick.
 * @returns how many were sent
 */
export async function carryOnRequeues(
  ctx: Pick<JobsContext, "db" | "queue" | "log" | "clock">,
): Promise<number> {
  const now = ctx.clock.now();
  const missed = new Date(now.getTime() - missedAfterMs).toISOString();
  const { rows } = await ctx.db.execute(sql`
    select id, turn from requeues where proved_at is null and state <> 'paused' and (due_at < ${missed}::timestamptz
      or due_at is null and not exists (select from requeue_files where requeue_id = requeues.id and outcome = 'sent'
        and (state <> 'canary' or canary)))
    order by id limit ${atOnce}`);
  const found = z.array(z.object({ id: z.string(), turn: z.number() })).parse(rows);
  let sent = 0;
  for (const { id, turn } of found) {
    const [next] = await ctx.db
      .update(requeues)
      .set({ turn: turn + 1, dueAt: now })
      .where(and(eq(requeues.id, id), eq(requeues.turn, turn), isNull(requeues.provedAt)))
      .returning({ turn: requeues.turn });
    if (next === undefined) continue;
    await sendRequeue(ctx, { requeueId: id, turn: next.turn, dueAt: now });
    sent += 1;
  }
  return sent;
}
