import { and, eq, max, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { plans } from "../../db/schema/plans.ts";
import { newId } from "../../kernel/ids.ts";
import { monthOf } from "./month.ts";
import type { NewPlan } from "./plan-view.ts";

/**
 * Sets a provider's plan from a month on. Entries stay what they are: a plan is reckoned in where a month is
 * (monthly-bill.ts). @returns the plan's id
 */
export async function addPlan(tx: Db, plan: NewPlan, now: Date): Promise<string> {
  const { provider, name, allowances, from: fromMonth = monthOf(now) } = plan;
  // Two at once are two revisions.
  await tx.execute(sql`lock table ${plans} in share row exclusive mode`);
  const [before] = await tx
    .select({ revision: max(plans.revision) })
    .from(plans)
    .where(and(eq(plans.provider, provider), eq(plans.fromMonth, fromMonth)));
  const id = newId("plan", now);
  const revision = (before?.revision ?? 0) + 1;
  const monthlyNanoUsd = BigInt(plan.monthlyNanoUsd);
  await tx
    .insert(plans)
    .values({ id, provider, name, monthlyNanoUsd, allowances, fromMonth, revision, addedAt: now });
  return id;
}
