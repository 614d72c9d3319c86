import { eq, sql } from "drizzle-orm";
import { requeuePlans, requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { TriageContext } from "../context.ts";
import { findRepeated } from "../find-repeated.ts";
import { readChanged } from "../plans/get-plan.ts";
import { type PlanView, planRequestSchema } from "../plans/plan-view.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { sendTurn } from "./send-turn.ts";

/** That a plan is carried out: its requeue, when that begins, and what changed since the plan was made. */
interface Executed {
  readonly requeueId: string;
  readonly startsAt: string;
  readonly changed: PlanView["changed"];
}

/**
 * Lets a plan be carried out, once: of two at once the second is told which requeue does it.
 * @throws WaybillError plan_not_found, plan_empty, plan_executed, idempotency_key_reused
 */
export async function executePlan(
  ctx: TriageContext,
  input: { planId: string; reason: string | null; idempotencyKey: string | null; actor: Actor },
): Promise<Executed> {
  const { planId, reason, idempotencyKey, actor } = input;
  const change = { action: "requeue.execute", actor, idempotencyKey, request: { planId } } as const;
  const now = ctx.clock.now();
  const id = newId("requeue", now);
  const requeueId = await ctx.db.transaction(async (tx) => {
    const [plan] = await tx.select().from(requeuePlans).where(eq(requeuePlans.id, planId)).for("update");
    if (plan === undefined) throw new WaybillError("plan_not_found", { details: { planId } });
    const repeated = await findRepeated(tx, change);
    if (repeated !== undefined) return String(repeated.requeueId);
    const [earlier] = await tx.select({ id: requeues.id }).from(requeues).where(eq(requeues.planId, planId));
    if (earlier !== undefined)
      throw new WaybillError("plan_executed", { details: { requeueId: earlier.id } });
    if (plan.included === 0) throw new WaybillError("plan_empty", { details: { planId } });
    const { options } = planRequestSchema.parse(plan.request);
    const startsAt = new Date(now.getTime() + options.undoSeconds * 1000);
    await tx.insert(requeues).values({
      id,
      planId,
      state: "scheduled",
      keyId: actor.keyId,
      keyName: actor.keyName,
      reason,
      createdAt: now,
      startsAt,
      total: plan.included,
      dueAt: startsAt,
    });
    await tx.execute(sql`
      insert into requeue_files (requeue_id, place, file_id, planned_run_id, planned_round, canary, outcome)
      select ${id}, place, file_id, run_id, round, false, 'pending' from requeue_plan_files
      where plan_id = ${planId} and excluded is null`);
    const after = { requeueId: id, files: plan.included };
    await recordAudit(tx, { ...change, fileId: null, reason, before: {}, after }, now);
    return id;
  });
  const changed = await readChanged(ctx.db, planId);
  await sendTurn(ctx, requeueId);
  const [requeue] = await ctx.db.select().from(requeues).where(eq(requeues.id, requeueId));
  return { requeueId, startsAt: (requeue?.startsAt ?? now).toISOString(), changed };
}
