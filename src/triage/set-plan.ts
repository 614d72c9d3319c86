import { addPlan } from "../costs/plans/add-plan.ts";
import { listPlans } from "../costs/plans/list-plans.ts";
import type { NewPlan, PlanView } from "../costs/plans/plan-view.ts";
import type { DbContext } from "../db/context.ts";
import type { AuditFacts } from "../db/schema/audit.ts";
import { findRepeated } from "./find-repeated.ts";
import { type Actor, recordAudit } from "./record-audit.ts";

/** A plan that somebody sets. */
export interface PlanInput {
  readonly plan: NewPlan;
  readonly reason: string | null;
  /** The same key twice is one plan. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}

/**
 * Sets what a provider asks for by the month and what it includes, and puts that into the audit log, in one
 * transaction. The plan before stays to be seen.
 * @throws WaybillError idempotency_key_reused
 */
export async function setPlan(ctx: DbContext, input: PlanInput): Promise<PlanView> {
  const { plan, actor, reason, idempotencyKey } = input;
  const change = { action: "plan.set", actor, idempotencyKey, request: factsOf(plan) } as const;
  const planId = await ctx.db.transaction(async (tx) => {
    const repeated = await findRepeated(tx, change);
    if (repeated !== undefined) return String(repeated.planId);
    const now = ctx.clock.now();
    const id = await addPlan(tx, plan, now);
    await recordAudit(tx, { ...change, fileId: null, reason, before: {}, after: { planId: id } }, now);
    return id;
  });
  const set = (await listPlans(ctx)).find(({ id }) => id === planId);
  if (set === undefined) throw new TypeError(`Plan ${planId} is not there.`);
  return set;
}

function factsOf({ provider, name, monthlyNanoUsd, allowances, from }: NewPlan): AuditFacts {
  const included = allowances.map(({ meter, quantity }) => `${meter} ${quantity}`).join(", ");
  return { provider, name, monthlyNanoUsd, allowances: included, from: from ?? "now" };
}
