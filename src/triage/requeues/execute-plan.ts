import { eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeuePlans, requeues } from "../../db/schema/requeues.ts";
import { sendRequeue } from "../../jobs/send-requeue.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { TriageContext } from "../context.ts";
import { findRepeated } from "../find-repeated.ts";
import { type Executed, planRequestSchema } from "../plans/plan-view.ts";
import { readChanged } from "../plans/read-changed.ts";
import { type Actor, recordAudit } from "../record-audit.ts";

/** Which plan is carried out, and who says so. */
interface Execution {
  readonly planId: string;
  readonly reason: string | null;
  /** The same key twice is one requeue. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}

/**
 * Lets a plan be carried out, once: of two at once the second is told which requeue does it. Nothing is sent until
 * the plan's undo window is over.
 * @throws WaybillError plan_not_found, plan_empty, plan_executed, idempotency_key_reused
 */
export async function executePlan(ctx: TriageContext, input: Execution): Promise<Executed> {
  const now = ctx.clock.now();
  const id = await ctx.db.transaction((tx) => begin(tx, input, now));
  const changed = await readChanged(ctx.db, input.planId);
  const [requeue] = await ctx.db.select().from(requeues).where(eq(requeues.id, id));
  if (requeue === undefined) throw new TypeError(`Requeue ${id} is gone.`);
  const { turn, dueAt, startsAt } = requeue;
  if (dueAt !== null) await sendRequeue(ctx, { requeueId: id, turn, dueAt });
  return { requeueId: id, startsAt: startsAt.toISOString(), changed };
}

async function begin(
  tx: Db,
  { planId, reason, idempotencyKey, actor }: Execution,
  now: Date,
): Promise<string> {
  const change = { action: "requeue.execute", actor, idempotencyKey, request: { planId } } as const;
  const [plan] = await tx.select().from(requeuePlans).where(eq(requeuePlans.id, planId)).for("update");
  if (plan === undefined) throw new WaybillError("plan_not_found", { details: { planId } });
  const repeated = await findRepeated(tx, change);
  if (repeated !== undefined) return String(repeated.requeueId);
  const [earlier] = await tx.select({ id: requeues.id }).from(requeues).where(eq(requeues.planId, planId));
  if (earlier !== undefined) throw new WaybillError("plan_executed", { details: { requeueId: earlier.id } });
  if (plan.included === 0) throw new WaybillError("plan_empty", { details: { planId } });
  const { options } = planRequestSchema.parse(plan.request);
  const startsAt = new Date(now.getTime() + options.undoSeconds * 1000);
  const id = newId("requeue", now);
  const { keyId, keyName } = actor;
  await tx.insert(requeues).values({
    id,
    planId,
    state: "scheduled",
    keyId,
    keyName,
    reason,
    createdAt: now,
    startsAt,
    total: plan.included,
    dueAt: startsAt,
  });
  await tx.execute(sql`
    insert into requeue_files (requeue_id, place, file_id, planned_run_id, planned_round, canary, outcome)
    select ${id}, place, file_id, run_id, round, row_number() over (order by place) <= ${options.canary?.files ?? 0}::int, 'pending'
    from requeue_plan_files where plan_id = ${planId} and excluded is null`);
  await recordAudit(
    tx,
    { ...change, fileId: null, reason, before: {}, after: { requeueId: id, files: plan.included } },
    now,
  );
  return id;
}
